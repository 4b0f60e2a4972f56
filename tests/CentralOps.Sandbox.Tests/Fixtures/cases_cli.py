"""The cases through the AWS CLI: its own driver, asked many times in one process, because starting it costs more than asking."""
import contextlib
import io
import json
import os
import re

import awscli.clidriver
from botocore import xform_name

import plain

drivers = {}


def driver(question, account):
    if account not in drivers:
        keys = question["sessions"][account]
        os.environ.update(AWS_ACCESS_KEY_ID=keys["AccessKeyId"], AWS_SECRET_ACCESS_KEY=keys["SecretAccessKey"], AWS_SESSION_TOKEN=keys["SessionToken"], AWS_MAX_ATTEMPTS="1")
        drivers[account] = awscli.clidriver.create_clidriver()
        drivers[account].session.get_credentials()
    return drivers[account]


def ask(question, case):
    cli = driver(question, case["account"])
    if case["operation"] not in cli.session.get_service_model(case["service"]).operation_names:
        return None
    command = ["s3api" if case["service"] == "s3" else case["service"], xform_name(case["operation"], "-").replace("_", "-")]
    options = ["--cli-input-json", json.dumps(case["input"]), "--endpoint-url", question["url"], "--region", case["region"], "--output", "json"]
    if case["page_size"]:
        options += ["--page-size", str(case["page_size"])]
    output, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(error):
        code = cli.main(command + options)
    if code == 0:
        return {"output": plain.plain(json.loads(output.getvalue() or "{}"))}
    told = re.search(r"An error occurred \(([^)]*)\)", error.getvalue())
    if "Unknown parameter in input" in error.getvalue():
        return None
    return {"error": told.group(1) if told else error.getvalue()}


plain.run(ask)
