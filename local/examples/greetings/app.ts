import { join } from 'node:path';
import { App, Stack, Tags } from 'aws-cdk-lib';
import { Code, Definition, FunctionRuntime, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Code as LambdaCode, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';

// A small stack that has nothing to do with orders: an API, a function and a workflow around it.
const here = (path: string) => join(import.meta.dirname, path);
const app = new App();
const stack = new Stack(app, 'Greetings');

const greet = new Function(stack, 'Greet', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: LambdaCode.fromAsset(here('functions/greet')),
  environment: { SENDER: String(app.node.tryGetContext('sender') ?? 'the example') },
});

const api = new GraphqlApi(stack, 'Api', {
  name: 'Greetings',
  definition: Definition.fromFile(here('schema.graphql')),
});
api.addLambdaDataSource('GreetSource', greet).createResolver('Greeting', {
  typeName: 'Query',
  fieldName: 'greeting',
  runtime: FunctionRuntime.JS_1_0_0,
  code: Code.fromAsset(here('resolvers/Query.greeting.js')),
});

const workflow = new StateMachine(stack, 'Workflow', {
  definitionBody: DefinitionBody.fromChainable(
    LambdaInvoke.jsonata(stack, 'GreetOnce', { lambdaFunction: greet }),
  ),
});

Tags.of(workflow).add('example', 'greetings');

app.synth();
