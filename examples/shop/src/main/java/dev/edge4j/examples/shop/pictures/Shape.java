package dev.edge4j.examples.shop.pictures;

/**
 * What can be drawn, as SVG in a square of 240 that stands on the line y = 194. Classes: {@code a} the body, {@code
 * b} its dark, {@code c} its light side, {@code w} white, {@code l} a line.
 */
public enum Shape {
  MUG("<path class='l' stroke-width='12' d='M154 116h16c26 0 26 46 0 46h-16'/><path class='a' d='M70 92h90v78a24 24 0 0 1-24 24H94"
      + "a24 24 0 0 1-24-24z'/><path class='c' d='M70 92h22v102a24 24 0 0 1-22-24z'/><ellipse class='b' cx='115' cy='92' rx='45' ry='9'/>"),
  TEAPOT(
      "<path class='l' stroke-width='12' d='M164 122c34-14 42 42 4 44'/><path class='a' d='M84 132 46 104l-11 8 33 62z'/>"
          + "<path class='a' d='M118 100c36 0 56 22 56 50s-18 44-32 44H94c-14 0-32-16-32-44s20-50 56-50z'/>"
          + "<path class='c' d='M96 106c-20 8-34 24-34 44s18 44 32 44c-14-20-14-70 2-88z'/><path class='b' d='M88 104c4-10 56-10 60 0z'/>"
          + "<circle class='b' cx='118' cy='90' r='8'/>"),
  KETTLE(
      "<path class='l' d='M82 96c0-48 76-48 76 0'/><path class='a' d='m158 128 40-30 10 10-38 62z'/><path class='a' d='M86 94h68l28 100"
          + "H58z'/><path class='c' d='M86 94h20L86 194H58z'/><path class='b' d='M92 86h56v10H92z'/><path class='b' d='M58 186h124v8H58z'/>"),
  TUMBLER(
      "<path class='c' d='M80 70h80l-10 124H90z'/><path class='a' d='M83 108h74l-7 86H90z'/><ellipse class='w' cx='120' cy='70' rx='40' ry='8'/>"
          + "<path class='b' d='M89 180h62l-1 14H90z'/>"),
  PLATE("<ellipse class='b' cx='120' cy='176' rx='84' ry='18'/><ellipse class='a' cx='120' cy='168' rx='84' ry='20'/>"
      + "<ellipse class='c' cx='120' cy='165' rx='58' ry='12'/><ellipse class='w' cx='120' cy='165' rx='40' ry='7'/>"),
  JAR("<rect class='a' x='78' y='88' width='84' height='106' rx='14'/><rect class='c' x='78' y='88' width='22' height='106' rx='11'/>"
      + "<rect class='b' x='74' y='70' width='92' height='24' rx='8'/><rect class='w' x='104' y='122' width='44' height='36' rx='4'/>"),
  DRIPPER(
      "<path class='a' d='M68 84h104l-36 56h-32z'/><path class='c' d='M68 84h28l20 56h-12z'/><rect class='b' x='84' y='138' width='72' height='10' rx='5'/>"
          + "<path class='w' d='M92 148h56l8 46H84z'/><path class='b' d='M88 172h64l4 22H84z'/>"),
  BOWL(
      "<path class='a' d='M46 120h148c0 44-34 66-50 66H96c-16 0-50-22-50-66z'/><path class='c' d='M46 120h40c0 30 8 56 16 66h-6c-16 0-50-22-50-66z'/>"
          + "<ellipse class='b' cx='120' cy='120' rx='74' ry='14'/><rect class='b' x='94' y='184' width='52' height='10' rx='4'/>"),
  PAN("<path class='l' stroke-width='14' d='M160 154h62'/><path class='a' d='M30 142h138l-10 42a14 14 0 0 1-12 10H52a14 14 0 0 1-12-10z'/>"
      + "<path class='c' d='M30 142h32l6 52H52a14 14 0 0 1-12-10z'/><ellipse class='b' cx='99' cy='142' rx='69' ry='13'/>"),
  PITCHER(
      "<path class='l' stroke-width='11' d='M156 104c44-8 40 58-4 60'/><path class='a' d='M84 62h70l-8 30c18 26 20 80 2 102H90c-20-24-16-76 2-102L76 70z'/>"
          + "<path class='c' d='M84 62h22l-2 30c-14 26-14 80-4 102H90c-20-24-16-76 2-102L76 70z'/>"),
  LADLE(
      "<path class='l' stroke-width='11' d='M158 46c6 0 8 8 2 12L112 142'/><path class='a' d='M54 140h92c0 34-20 54-46 54s-46-20-46-54z'/>"
          + "<ellipse class='b' cx='100' cy='140' rx='46' ry='11'/>"),
  BOARD(
      "<rect class='a' x='66' y='82' width='108' height='112' rx='16'/><rect class='a' x='106' y='42' width='28' height='52' rx='14'/>"
          + "<circle class='w' cx='120' cy='58' r='6'/><path class='l' d='M84 112h72M84 138h50M84 164h64' opacity='.45'/>"),
  TABLE_LAMP(
      "<path class='c' d='M92 56h56l26 64H66z'/><path class='w' d='M92 56h18l-14 64H66z'/><rect class='b' x='115' y='120' width='10' height='36'/>"
          + "<path class='a' d='M96 156h48l8 38H88z'/>"),
  PENDANT("<path class='l' d='M120 10v68'/><path class='a' d='M120 74c46 0 74 34 78 80H42c4-46 32-80 78-80z'/>"
      + "<path class='c' d='M104 76c-36 6-58 38-62 78h40c0-36 8-66 22-78z'/><ellipse class='w' cx='120' cy='156' rx='30' ry='14'/><rect class='b' x='108' y='66' width='24' height='14' rx='4'/>"),
  LANTERN(
      "<path class='l' d='M96 74c0-44 48-44 48 0'/><rect class='b' x='82' y='74' width='76' height='16' rx='6'/><rect class='w' x='88' y='90' width='64' height='88'/>"
          + "<path class='c' d='M120 108c22 26 16 52 0 52s-22-26 0-52z'/><path class='l' d='M88 90v88M152 90v88'/><rect class='b' x='78' y='178' width='84' height='16' rx='6'/>"),
  FLOOR_LAMP(
      "<path class='l' d='M120 90v96'/><path class='a' d='M96 30h48l24 62H72z'/><path class='c' d='M96 30h16L98 92H72z'/><path class='b' d='M84 186h72v8H84z'/>"),
  CANDLE(
      "<path class='c' d='M120 42c20 26 14 44 0 44s-20-18 0-44z'/><rect class='w' x='104' y='88' width='32' height='78' rx='4'/>"
          + "<path class='a' d='M84 164h72v14a16 16 0 0 1-16 16h-40a16 16 0 0 1-16-16z'/><path class='b' d='M78 160h84v10H78z'/>"),
  CHAIR(
      "<path class='l' stroke-width='8' d='M82 140v54M158 140v54M82 140V54M158 140V54'/><rect class='c' x='82' y='54' width='76' height='42' rx='10'/>"
          + "<rect class='a' x='74' y='128' width='92' height='20' rx='8'/>"),
  STOOL(
      "<path class='l' stroke-width='8' d='m92 118-14 76M148 118l14 76M84 162h72'/><rect class='a' x='70' y='102' width='100' height='20' rx='10'/>"
          + "<rect class='c' x='70' y='102' width='40' height='20' rx='10'/>"),
  BENCH(
      "<path class='l' stroke-width='8' d='M58 146v48M182 146v48M58 176h124'/><rect class='a' x='36' y='126' width='168' height='22' rx='8'/>"
          + "<rect class='c' x='44' y='84' width='152' height='14' rx='7'/><path class='l' stroke-width='8' d='M60 92v36M180 92v36'/>"),
  ARMCHAIR(
      "<path class='c' d='M72 138V86a24 24 0 0 1 24-24h48a24 24 0 0 1 24 24v52z'/><rect class='a' x='66' y='124' width='108' height='48' rx='12'/>"
          + "<rect class='b' x='46' y='108' width='30' height='68' rx='14'/><rect class='b' x='164' y='108' width='30' height='68' rx='14'/><path class='l' d='M68 176v18M172 176v18'/>"),
  OTTOMAN(
      "<path class='l' d='M78 176v18M162 176v18'/><rect class='a' x='56' y='118' width='128' height='60' rx='18'/><path class='c' d='M56 136a18 18 0 0 1 18-18h92"
          + "a18 18 0 0 1 18 18z'/><circle class='b' cx='120' cy='130' r='4'/>"),
  NOTEBOOK(
      "<rect class='w' x='78' y='56' width='96' height='134' rx='6'/><rect class='a' x='70' y='52' width='96' height='142' rx='8'/><rect class='b' x='70' y='52' width='18' height='142' rx='8'/>"
          + "<rect class='w' x='104' y='80' width='44' height='22' rx='3'/><path class='l' d='M152 52v142' opacity='.6'/>"),
  PEN_CUP(
      "<path class='l' stroke-width='8' d='m100 112-12-62M120 112V40M140 112l16-56'/><path class='a' d='M80 104h80v76a14 14 0 0 1-14 14H94a14 14 0 0 1-14-14z'/>"
          + "<path class='c' d='M80 104h22v90h-8a14 14 0 0 1-14-14z'/>"),
  TRAY(
      "<path class='b' d='M40 150h160l-12 44H52z'/><path class='a' d='M40 150h160l-6 22H46z'/><rect class='c' x='70' y='116' width='44' height='34' rx='5'/>"
          + "<circle class='w' cx='146' cy='132' r='18'/>"),
  BOOKEND(
      "<path class='a' d='M64 194V76h20v98h92v20z'/><rect class='c' x='92' y='86' width='20' height='88' rx='3'/><rect class='b' x='114' y='98' width='16' height='76' rx='3'/>"
          + "<rect class='w' x='132' y='80' width='22' height='94' rx='3'/>"),
  CLOCK(
      "<path class='l' d='m86 178-10 16M154 178l10 16'/><circle class='a' cx='120' cy='122' r='66'/><circle class='w' cx='120' cy='122' r='52'/><path class='l' d='M120 88v36l24 14'/>"
          + "<circle class='b' cx='120' cy='124' r='6'/>"),
  RULER(
      "<path class='a' d='M44 166 172 50l28 30L72 196z'/><path class='l' stroke-width='4' d='m66 150 12 13M86 132l8 9M106 114l12 13M126 96l8 9M146 78l12 13'/>"),
  PAPERWEIGHT(
      "<path class='a' d='m76 194-20-52 42-44h56l30 50-24 46z'/><path class='c' d='m76 194-20-52 42-44 10 48z'/><path class='w' d='m98 98 10 48 46-48z'/>"),
  BACKPACK(
      "<path class='l' stroke-width='9' d='M100 64c0-28 40-28 40 0'/><path class='a' d='M74 104c0-56 92-56 92 0v78a12 12 0 0 1-12 12H86a12 12 0 0 1-12-12z'/>"
          + "<rect class='b' x='88' y='134' width='64' height='46' rx='10'/><path class='c' d='M88 146h64v-2a10 10 0 0 0-10-10H98a10 10 0 0 0-10 10z'/><path class='l' stroke-width='5' d='M92 104h56'/>"),
  TOTE(
      "<path class='l' stroke-width='8' d='M92 104V70c0-30 56-30 56 0v34'/><path class='a' d='M62 98h116l-8 96H70z'/><path class='c' d='M62 98h30l-4 96H70z'/>"),
  SATCHEL(
      "<path class='l' stroke-width='9' d='M64 112C64 40 176 40 176 112'/><rect class='a' x='48' y='104' width='144' height='90' rx='12'/><path class='b' d='M48 116a12 12 0 0 1 12-12h120"
          + "a12 12 0 0 1 12 12v24c-40 22-104 22-144 0z'/><rect class='c' x='110' y='144' width='20' height='22' rx='4'/>"),
  WALLET(
      "<rect class='c' x='66' y='100' width='104' height='40' rx='6'/><rect class='a' x='54' y='112' width='132' height='82' rx='12'/><path class='b' d='M142 138h44v30h-44a15 15 0 0 1 0-30z'/>"
          + "<circle class='w' cx='148' cy='153' r='6'/>"),
  BLANKET(
      "<rect class='b' x='56' y='160' width='128' height='34' rx='14'/><rect class='a' x='52' y='128' width='136' height='36' rx='16'/><rect class='c' x='58' y='98' width='124' height='34' rx='15'/>"
          + "<path class='l' stroke-width='4' d='M76 130v32M92 130v32M108 130v32' opacity='.6'/>"),
  CUSHION(
      "<path class='a' d='M58 84c40 10 84 10 124 0-10 40-10 70 0 110-40-10-84-10-124 0 10-40 10-70 0-110z'/><path class='c' d='M58 84c14 4 28 6 44 7-8 34-8 62 0 96-16 1-30 3-44 7"
          + " 10-40 10-70 0-110z'/><circle class='b' cx='122' cy='140' r='5'/>"),
  RUG("<path class='a' d='M48 118h144l22 70H26z'/><path class='c' d='M66 128h108l14 50H52z'/><path class='b' d='m120 136 32 17-32 17-32-17z'/><path class='l' stroke-width='4' d='M26 188v8M60 188v8M94 188v8M128 188v8M162 188v8M214 188v8'/>"),
  PLANTER(
      "<path class='b' d='M118 120C84 116 72 84 76 58c30 6 46 30 42 62z'/><path class='c' d='M122 120c-4-36 14-62 46-68 4 32-12 64-46 68z'/><path class='l' stroke-width='5' d='M120 130V84'/>"
          + "<path class='a' d='M78 124h84l-12 70H90z'/><path class='b' d='M72 116h96v16H72z'/>"),
  WATERING_CAN(
      "<path class='l' stroke-width='9' d='M84 112c-8-50 60-50 62 0'/><path class='a' d='m150 150 44-58 14 10-46 82z'/><path class='b' d='m186 82 34 24-8 10-34-22z'/>"
          + "<path class='a' d='M66 110h92l8 84H58z'/><path class='c' d='M66 110h26l-4 84H58z'/>"),
  VASE(
      "<path class='l' stroke-width='5' d='M112 92C104 66 98 52 86 40M124 92c2-30 10-46 26-58'/><circle class='c' cx='86' cy='40' r='13'/><circle class='b' cx='152' cy='34' r='13'/>"
          + "<path class='a' d='M98 88h44c-2 22 28 44 28 68 0 22-16 38-24 38H94c-8 0-24-16-24-38 0-24 30-46 28-68z'/><path class='c' d='M98 88h16c-2 22-20 44-20 68 0 22 6 38 10 38H94c-8 0-24-16-24-38 0-24 30-46 28-68z'/>"),
  TRELLIS(
      "<path class='l' d='M78 194V56l42-24 42 24v138M120 32v162M78 86h84M78 122h84M78 158h84'/><circle class='a' cx='98' cy='104' r='13'/><circle class='c' cx='142' cy='140' r='13'/><circle class='a' cx='142' cy='70' r='11'/>"),
  BIRD_HOUSE(
      "<path class='a' d='M76 104h88v90H76z'/><path class='c' d='M76 104h26v90H76z'/><path class='b' d='m120 46 66 60-10 12-56-50-56 50-10-12z'/><circle class='b' cx='122' cy='132' r='17'/><path class='l' d='M122 164v12'/>"),
  TROWEL(
      "<path class='l' stroke-width='10' d='M120 110V84'/><rect class='b' x='108' y='34' width='24' height='54' rx='12'/><path class='a' d='M88 112h64c4 40-12 70-32 82-20-12-36-42-32-82z'/>"
          + "<path class='c' d='M88 112h26c-4 40 0 66 6 82-20-12-36-42-32-82z'/>");

  private final String drawing;

  Shape(String drawing) {
    this.drawing = drawing;
  }

  String drawing() {
    return drawing;
  }
}
