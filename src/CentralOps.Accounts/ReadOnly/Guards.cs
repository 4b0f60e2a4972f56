using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>
/// The secret members of guarded reads, reviewed one by one against the models. The rule behind them: a secret is not read; nor is the place
/// where one lies, because nobody here may fetch it and whoever is after it begins there; nor a command line, where those put passwords who
/// have no better place. That there is such a thing, and its name, may be seen.
/// </summary>
internal static class Guards
{
    private const string Code = "a presigned URL: whoever has it has the function's code";
    private const string Variables = "environment variables hold passwords and keys";
    private const string Commands = "command lines hold passwords";
    private const string Quoted = "AWS calls this message sensitive: it quotes what it could not use";
    private const string SecretPlace = "where a secret lies";
    private const string DriverOptions = "options of drivers hold their tokens and passwords";
    private const string UserData = "what an instance runs at its first start, with the keys that it needs for that";
    private const string Password = "a password that is about to be set";

    public static Guard InstanceAttribute { get; } = new(Removed("UserData", UserData));

    public static Guard LaunchTemplateVersions { get; } = new(Removed("LaunchTemplateVersions.LaunchTemplateData.UserData", UserData));

    public static Guard Services { get; } = new(
        NamesKept("services.deployments.serviceConnectConfiguration.logConfiguration.options", DriverOptions),
        Removed("services.deployments.serviceConnectConfiguration.logConfiguration.secretOptions.valueFrom", SecretPlace));

    public static Guard TaskDefinition { get; } = new(
        Removed("taskDefinition.containerDefinitions.environment.value", Variables),
        Removed("taskDefinition.containerDefinitions.environmentFiles.value", "where a file of environment variables lies"),
        Removed("taskDefinition.containerDefinitions.secrets.valueFrom", SecretPlace),
        Removed("taskDefinition.containerDefinitions.repositoryCredentials", SecretPlace),
        Removed("taskDefinition.containerDefinitions.credentialSpecs", "where the credentials of a directory account lie, or they themselves"),
        Removed("taskDefinition.containerDefinitions.entryPoint", Commands),
        Removed("taskDefinition.containerDefinitions.command", Commands),
        Removed("taskDefinition.containerDefinitions.healthCheck.command", Commands),
        NamesKept("taskDefinition.containerDefinitions.logConfiguration.options", DriverOptions),
        Removed("taskDefinition.containerDefinitions.logConfiguration.secretOptions.valueFrom", SecretPlace),
        NamesKept("taskDefinition.containerDefinitions.firelensConfiguration.options", DriverOptions),
        NamesKept("taskDefinition.volumes.dockerVolumeConfiguration.driverOpts", DriverOptions),
        Removed("taskDefinition.volumes.fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter", SecretPlace));

    public static Guard Cluster { get; } = new(
        Removed("cluster.connectorConfig.activationId", "half of what registers a cluster under this name"),
        Removed("cluster.connectorConfig.activationCode", "the other half"));

    public static Guard Function { get; } = new([Removed("Code.Location", Code), .. OfConfiguration("Configuration.")]);

    public static Guard FunctionConfiguration { get; } = new([.. OfConfiguration("")]);

    public static Guard Functions { get; } = new([.. OfConfiguration("Functions.")]);

    public static Guard DBClusters { get; } = new(
        Removed("DBClusters.PendingModifiedValues.MasterUserPassword", Password),
        Removed("DBClusters.MasterUserSecret.SecretArn", SecretPlace),
        Removed("DBClusters.DomainMemberships.AuthSecretArn", SecretPlace));

    public static Guard DBInstances { get; } = new(
        Removed("DBInstances.PendingModifiedValues.MasterUserPassword", Password),
        Removed("DBInstances.MasterUserSecret.SecretArn", SecretPlace),
        Removed("DBInstances.DomainMemberships.AuthSecretArn", SecretPlace),
        Removed("DBInstances.TdeCredentialArn", "where the key of an encrypted database lies"));

    private static IEnumerable<GuardedMember> OfConfiguration(string before) =>
    [
        NamesKept(before + "Environment.Variables", Variables),
        Removed(before + "Environment.Error.Message", Quoted),
        Removed(before + "ImageConfigResponse.ImageConfig.EntryPoint", Commands),
        Removed(before + "ImageConfigResponse.ImageConfig.Command", Commands),
        Removed(before + "ImageConfigResponse.Error.Message", Quoted),
        Removed(before + "RuntimeVersionConfig.Error.Message", Quoted),
    ];

    private static GuardedMember Removed(string path, string why) => new(path, GuardKind.Removed, why);

    private static GuardedMember NamesKept(string path, string why) => new(path, GuardKind.NamesKept, why);
}
