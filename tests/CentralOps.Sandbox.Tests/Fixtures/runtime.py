"""A Lambda function with a runtime of its own, for tests: does what its event says."""
import json
import os
import signal
import sys
import time
import urllib.request

api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"


def post(path, body, headers=None):
    request = urllib.request.Request(api + path, data=body, headers=headers or {}, method="POST")
    return urllib.request.urlopen(request).status


def do(event, headers):
    if event.get("version") == "2.0" and event.get("body", "").startswith("{"):
        # Behind a function URL: the body says what to answer.
        return json.loads(event["body"])
    what = event.get("do")
    if what == "context":
        return {name.lower(): value for name, value in headers.items()}
    if what == "environment":
        return dict(os.environ)
    if what == "sleep":
        if "file" in event:
            open(event["file"], "w").close()
        time.sleep(event["seconds"])
    if what == "exit":
        os._exit(event["code"])
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "fail":
        raise ValueError(event["message"])
    if what == "print":
        print(event["text"], flush=True)
    if what == "append":
        with open(event["file"], "a") as file:
            file.write("x")
        if event.get("fail"):
            raise ValueError("appended")
    if what == "flood":
        for _ in range(event["lines"]):
            print("x" * 1000)
        sys.stdout.flush()
    if what == "big":
        return "x" * event["bytes"]
    return {"pid": os.getpid(), "pgid": os.getpgid(0), "event": event}


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if mode == "exit":
        sys.exit(3)
    if mode == "report":
        post("init/error", b'{"errorType":"Fixture.NoConfig","errorMessage":"no configuration"}', {"Lambda-Runtime-Function-Error-Type": "Fixture.NoConfig"})
        sys.exit(1)
    if mode == "hang":
        time.sleep(600)
    while True:
        with urllib.request.urlopen(api + "invocation/next") as response:
            event, headers = json.loads(response.read()), response.headers
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            answer = json.dumps(do(event, headers)).encode()
        except ValueError as error:
            body = json.dumps({"errorType": "ValueError", "errorMessage": str(error)}).encode()
            post("invocation/" + request_id + "/error", body, {"Lambda-Runtime-Function-Error-Type": "ValueError"})
            continue
        try:
            post("invocation/" + request_id + "/response", answer)
        except urllib.error.HTTPError:
            pass


main()
