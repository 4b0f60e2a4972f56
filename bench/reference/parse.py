"""boto3's parse of a DescribeInstances answer: processor time and how far resident memory rises over the body."""
import statistics
import sys
import time

import botocore
import botocore.parsers
import botocore.session


def resident(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024


body = open(sys.argv[1], "rb").read()
shape = botocore.session.get_session().get_service_model("ec2").operation_model("DescribeInstances").output_shape
parser = botocore.parsers.create_parser("ec2")
answer = {"status_code": 200, "headers": {}, "body": body}
times = []
before = resident("VmRSS:")
for _ in range(int(sys.argv[2])):
    started = time.process_time()
    parsed = parser.parse(answer, shape)
    times.append(time.process_time() - started)
assert len(parsed["Reservations"]) == 10_000
print(f"botocore {botocore.__version__}: {statistics.median(times) * 1000:.0f} ms, peak over the body {resident('VmHWM:') - before:.0f} MB")
