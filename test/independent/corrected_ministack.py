"""Runs MiniStack with corrections: where it and AWS differ, each with what AWS does.

Everything else is MiniStack as it is, with signatures and IAM policies enforced. The corrections were written for the version
that test/independent/install.ts pins; a change of that version needs a look at each of them.
"""

import re

import ministack.app as app
from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.services import appsync, lambda_svc, stepfunctions
from ministack.services.cloudformation import provisioners

# Not a difference to AWS: MiniStack would take port 443 of this machine as well.
app._port_is_bindable = lambda *_: False


def log_refusals():
    """A line in the log for each request that IAM refuses: MiniStack only answers it."""
    original = iam_evaluator.enforce

    def logged(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        refusal = original(access_key_id, iam_action, service, region, resource_arn, service_context)
        if refusal is not None:
            who = getattr(refusal, "principal_arn", "") or access_key_id
            print(f"AccessDenied: {who} may not {iam_action} on {resource_arn}", flush=True)
        return refusal

    iam_evaluator.enforce = logged


def replace_in(text, old, new):
    if old not in text:
        raise SystemExit(f"A correction does not fit this version of MiniStack: it has no {old!r}.")
    return text.replace(old, new)


def realtime_url():
    """AWS::AppSync::GraphQLApi has the attribute RealtimeUrl.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-graphqlapi.html
    """
    handlers = provisioners._RESOURCE_HANDLERS["AWS::AppSync::GraphQLApi"]

    def with_url(make):
        def made(*args, **named):
            physical_id, attributes = make(*args, **named)
            url = attributes["GraphQLUrl"].replace("https:", "wss:").replace("appsync-api", "appsync-realtime-api")
            return physical_id, {**attributes, "RealtimeUrl": url}

        return made

    handlers["create"] = with_url(handlers["create"])
    handlers["update"] = with_url(handlers["update"])


def conditional_writes():
    """S3 has the condition keys s3:if-match and s3:if-none-match.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    """
    original = iam_actions.s3_service_context

    def corrected(iam_action, query_params, path="", headers=None):
        context = original(iam_action, query_params, path, headers)
        if iam_action == "s3:PutObject":
            for name in ("if-match", "if-none-match"):
                if (headers or {}).get(name):
                    context[f"s3:{name}"] = headers[name]
        return context

    iam_actions.s3_service_context = corrected


def principal_arn():
    """aws:PrincipalArn of a session is the ARN of its role.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    original = iam_evaluator._resolve_condition_key
    session = re.compile(r"^arn:(\w[\w-]*):sts::(\d{12}):assumed-role/(.+)/[^/]+$")

    def corrected(key, ctx):
        value = original(key, ctx)
        if key.lower() != "aws:principalarn":
            return value
        return session.sub(r"arn:\1:iam::\2:role/\3", value)

    iam_evaluator._resolve_condition_key = corrected


def send_task_resource():
    """AWS authorizes SendTaskSuccess and SendTaskFailure on the state machine of the token, as CDK's grantTaskResponse
    expects (aws-cdk issue 8486). There is one state machine here.
    """
    original = iam_actions.extract_resource_arn

    def corrected(service, method, path, headers, body, *others):
        if service == "states" and b'"taskToken"' in (body or b""):
            return next(iter(stepfunctions._state_machines), "*")
        return original(service, method, path, headers, body, *others)

    iam_actions.extract_resource_arn = corrected


def selection():
    """ctx.info of a resolver has selectionSetGraphQL. Here it is the one of a client that asks for everything: it is made where
    the request is not known any more.
    https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
    """
    original = appsync._js_ctx

    def corrected(*args, **named):
        context = original(*args, **named)
        context["info"]["selectionSetGraphQL"] = "{ ...Everything }"
        return context

    appsync._js_ctx = corrected


MARK = "\u0001"


def error_type():
    """Lambda reports the name of the error that a function of Node.js threw.
    https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
    """
    lambda_runtime._NODEJS_WORKER_SCRIPT = replace_in(
        lambda_runtime._NODEJS_WORKER_SCRIPT,
        'status: "error", error: String(err.message || err), trace',
        'status: "error", error: (err.name || "Error") + "\\u0001" + String(err.message || err), trace',
    )
    original = lambda_svc._execute_function_warm

    def corrected(*args, **named):
        result = original(*args, **named)
        body = result.get("body")
        if result.get("error") and MARK in body.get("errorMessage", ""):
            body["errorType"], body["errorMessage"] = body["errorMessage"].split(MARK, 1)
        return result

    lambda_svc._execute_function_warm = corrected


def callback_failure():
    """A function that fails before the callback fails its task, and Retry and Catch apply; MiniStack goes on waiting.
    https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
    """
    wait, call = stepfunctions._invoke_with_callback, stepfunctions._call_lambda
    tokens = stepfunctions.threading.local()

    def waiting(resource, input_data, token, state_def):
        tokens.current = token
        try:
            return wait(resource, input_data, token, state_def)
        finally:
            tokens.current = None

    def calling(func_ref, event):
        token = getattr(tokens, "current", None)
        try:
            return call(func_ref, event)
        except stepfunctions._ExecutionError as error:
            entry = stepfunctions._task_tokens.get(token) if token else None
            if entry is not None:
                entry["error"] = {"Error": error.error, "Cause": error.cause}
                entry["event"].set()
            raise

    stepfunctions._invoke_with_callback = waiting
    stepfunctions._call_lambda = calling


CORRECTIONS = [
    realtime_url,
    conditional_writes,
    principal_arn,
    send_task_resource,
    selection,
    error_type,
    callback_failure,
]

if __name__ == "__main__":
    log_refusals()
    for correct in CORRECTIONS:
        correct()
    app.main()
