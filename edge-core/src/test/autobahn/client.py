# Runs cases of the Autobahn test suite against an echo server: client.py PORT REPORTS CASES
import sys
from autobahntestsuite import wstest

port, reports, cases = sys.argv[1:4]

wstest.start({'mode': 'fuzzingclient'}, {
    'failByDrop': False,
    'outdir': reports,
    'options': {},
    'servers': [{'agent': 'Edge4J', 'url': 'ws://127.0.0.1:%s/' % port, 'options': {'version': 18}}],
    'cases': cases.split(','),
    'exclude-cases': [],
    'exclude-agent-cases': {},
})
