"""Writes AWS's operations as tools, a line of JSON each: what a gateway with very many tools looks like. Usage: tools.py FILE [MOST]"""
import gzip, html, json, os, re, sys

import botocore

data = os.path.join(os.path.dirname(botocore.__file__), "data")
most = int(sys.argv[2]) if len(sys.argv) > 2 else 15000


def words(documentation):
    text = html.unescape(re.sub(r"<[^>]+>", " ", documentation or ""))
    return " ".join(text.split())


def sentence(documentation):
    return re.split(r"(?<=[.!?])\s", words(documentation), maxsplit=1)[0][:300]


written = 0
with open(sys.argv[1], "w", encoding="utf-8") as out:
    for service in sorted(os.listdir(data)):
        versions = os.path.join(data, service)
        if not os.path.isdir(versions):
            continue
        latest = os.path.join(versions, sorted(os.listdir(versions))[-1])
        packed, plain = (os.path.join(latest, name) for name in ("service-2.json.gz", "service-2.json"))
        if os.path.exists(packed):
            with gzip.open(packed) as file:
                model = json.load(file)
        elif os.path.exists(plain):
            with open(plain, encoding="utf-8") as file:
                model = json.load(file)
        else:
            continue
        for name, operation in sorted(model["operations"].items()):
            if written == most:
                break
            shape = model["shapes"].get(operation.get("input", {}).get("shape"), {})
            properties = {
                member: {"type": "string", "description": sentence(reference.get("documentation"))}
                for member, reference in list(shape.get("members", {}).items())[:12]
            }
            out.write(json.dumps({
                "name": f"{service}___{name}",
                "description": sentence(operation.get("documentation")) or name,
                "inputSchema": {"type": "object", "properties": properties},
            }) + "\n")
            written += 1
print(written, "operations from botocore", botocore.__version__)
