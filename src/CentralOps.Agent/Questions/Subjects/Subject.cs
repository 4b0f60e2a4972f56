namespace CentralOps.Agent.Questions.Subjects;

/// <summary>What a question is about.</summary>
internal enum Subject
{
    Instances,
    Vpcs,
    SecurityGroups,
    Buckets,
    Databases,
    DatabaseClusters,
    Functions,
    EcsClusters,
    EcsServices,
    EksClusters,
    Alarms,
    Accounts,
}
