"""Signs many odd requests with botocore and prints them as JSON lines, for BotocoreSigningTests. Touches no network."""
import base64
import json
import random
from urllib.parse import quote, urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

random.seed(5)
LETTERS = "abcXYZ019-._~ /:=+&%é✓*'()!@$,;"


def word(longest=8):
    return "".join(random.choice(LETTERS) for _ in range(random.randint(1, longest)))


def signer(service, presigned, token):
    keys = Credentials("AKIDEXAMPLE", "secret/key", token)
    name = ("S3" if service == "s3" else "") + ("SigV4QueryAuth" if presigned else "SigV4Auth")
    more = {"expires": 3600} if presigned else {}
    return getattr(botocore.auth, name)(keys, service, "eu-west-1", **more)


def url():
    path = "/" + "/".join(quote(word().replace("/", "x"), safe="~") for _ in range(random.randint(0, 4)))
    path += random.choice(["", "", "/", "//a/./b/../c"])
    query = "&".join(f"{quote(word(), safe='-_.~')}={quote(word(), safe='-_.~')}" for _ in range(random.randint(0, 4)))
    return f"https://service.eu-west-1.amazonaws.com{path}" + (f"?{query}" if query else "")


for number in range(400):
    token = None if number % 2 else "tok/en+=="
    presigned = number % 3 == 0
    method = random.choice(["GET", "POST"])
    body = b"" if method == "GET" or presigned else word(50).encode()
    headers = {"Content-Type": "application/json", "X-Custom": " a   b ", "User-Agent": "x"} if random.random() < 0.5 else {}
    request = AWSRequest(method=method, url=url(), headers=headers, data=body)
    request.context["payload_signing_enabled"] = True
    signer(random.choice(["lambda", "ec2", "s3", "execute-api"]), presigned, token).add_auth(request)
    target = urlsplit(request.url)
    sent = [[name, value if isinstance(value, str) else value.decode()] for name, value in request.headers.items()]
    if not any(name.lower() == "host" for name, _ in sent):
        sent.append(["Host", target.netloc])
    print(json.dumps({
        "method": method, "path": target.path, "query": target.query, "headers": sent,
        "body": base64.b64encode(body).decode(), "token": token,
    }))
