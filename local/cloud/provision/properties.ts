import type { ResourceType } from '../assembly/identity.ts';

type Properties = {
  /** Obeyed, or refused by the value. */
  readonly used: readonly string[];
  /** Without an effect here. */
  readonly ignored: readonly string[];
};

/** What a template may say of the types that do something here. The accepted types that do nothing are not listed. */
export const PROPERTIES: { readonly [Type in ResourceType]?: Properties } = {
  'AWS::S3::Bucket': {
    used: ['BucketName', 'LifecycleConfiguration', 'NotificationConfiguration', 'VersioningConfiguration'],
    ignored: [
      'AbacStatus',
      'AccelerateConfiguration',
      'AccessControl',
      'AnalyticsConfigurations',
      'BucketEncryption',
      'CorsConfiguration',
      'IntelligentTieringConfigurations',
      'InventoryConfigurations',
      'LoggingConfiguration',
      'MetadataConfiguration',
      'MetadataTableConfiguration',
      'MetricsConfigurations',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
    ],
  },
  'AWS::S3::BucketPolicy': { used: ['Bucket', 'PolicyDocument'], ignored: [] },
  'AWS::IAM::Role': {
    used: ['AssumeRolePolicyDocument', 'MaxSessionDuration', 'RoleName'],
    ignored: ['Description', 'ManagedPolicyArns', 'Path', 'PermissionsBoundary', 'Policies', 'Tags'],
  },
  'AWS::Lambda::Function': {
    used: [
      'Code',
      'DeadLetterConfig',
      'Environment',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'PackageType',
      'Role',
      'Runtime',
      'Timeout',
    ],
    ignored: [
      'Architectures',
      'CodeSigningConfigArn',
      'Description',
      'EphemeralStorage',
      'KmsKeyArn',
      'RecursiveLoop',
      'ReservedConcurrentExecutions',
      'RuntimeManagementConfig',
      'SnapStart',
      'Tags',
      'TracingConfig',
    ],
  },
  'AWS::Lambda::EventInvokeConfig': {
    used: [
      'DestinationConfig',
      'FunctionName',
      'MaximumEventAgeInSeconds',
      'MaximumRetryAttempts',
      'Qualifier',
    ],
    ignored: [],
  },
  'AWS::Lambda::EventSourceMapping': {
    used: [
      'BatchSize',
      'Enabled',
      'EventSourceArn',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
    ],
    ignored: ['KmsKeyArn', 'MetricsConfig', 'ProvisionedPollerConfig', 'Tags'],
  },
  'AWS::StepFunctions::StateMachine': {
    used: [
      'Definition',
      'DefinitionS3Location',
      'DefinitionString',
      'DefinitionSubstitutions',
      'RoleArn',
      'StateMachineName',
      'StateMachineType',
    ],
    ignored: ['EncryptionConfiguration', 'LoggingConfiguration', 'Tags', 'TracingConfiguration'],
  },
  'AWS::AppSync::GraphQLApi': {
    used: [
      'AdditionalAuthenticationProviders',
      'ApiType',
      'AuthenticationType',
      'EnvironmentVariables',
      'IntrospectionConfig',
      'LambdaAuthorizerConfig',
      'Name',
      'OpenIDConnectConfig',
      'QueryDepthLimit',
      'ResolverCountLimit',
      'UserPoolConfig',
    ],
    ignored: ['EnhancedMetricsConfig', 'LogConfig', 'OwnerContact', 'Tags', 'Visibility', 'XrayEnabled'],
  },
  'AWS::AppSync::ApiKey': { used: ['ApiId', 'Expires'], ignored: ['ApiKeyId', 'Description'] },
  'AWS::AppSync::GraphQLSchema': { used: ['ApiId', 'Definition', 'DefinitionS3Location'], ignored: [] },
  'AWS::AppSync::DataSource': {
    used: [
      'ApiId',
      'DynamoDBConfig',
      'ElasticsearchConfig',
      'EventBridgeConfig',
      'HttpConfig',
      'LambdaConfig',
      'Name',
      'OpenSearchServiceConfig',
      'RelationalDatabaseConfig',
      'Type',
    ],
    ignored: ['Description', 'MetricsConfig', 'ServiceRoleArn'],
  },
  'AWS::AppSync::FunctionConfiguration': {
    used: ['ApiId', 'Code', 'CodeS3Location', 'DataSourceName', 'MaxBatchSize', 'Name', 'Runtime'],
    ignored: ['Description', 'FunctionVersion'],
  },
  'AWS::AppSync::Resolver': {
    used: [
      'ApiId',
      'Code',
      'CodeS3Location',
      'DataSourceName',
      'FieldName',
      'Kind',
      'MaxBatchSize',
      'PipelineConfig',
      'Runtime',
      'TypeName',
    ],
    ignored: ['MetricsConfig'],
  },
  'AWS::Events::Rule': {
    used: ['EventBusName', 'EventPattern', 'Name', 'ScheduleExpression', 'State', 'Targets'],
    ignored: ['Description', 'RoleArn', 'Tags'],
  },
  'AWS::SQS::Queue': {
    used: [
      'DelaySeconds',
      'FifoQueue',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'QueueName',
      'ReceiveMessageWaitTimeSeconds',
      'RedriveAllowPolicy',
      'RedrivePolicy',
      'VisibilityTimeout',
    ],
    ignored: ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'SqsManagedSseEnabled', 'Tags'],
  },
  'AWS::SQS::QueuePolicy': { used: ['PolicyDocument', 'Queues'], ignored: [] },
};
