using CentralOps.Aws.Credentials;
using CentralOps.Profiles;

// Prints [key id] [session token or -] [region or -] of the profile that the environment or the first argument names, or why there is none.
try
{
    var profile = AwsProfile.Open(args is [var name, ..] ? name : null, Environment.GetEnvironmentVariable, TimeProvider.System);
    var keys = await profile.Credentials.GetAsync(CancellationToken.None);
    Console.WriteLine($"{keys.AccessKeyId} {keys.SessionToken ?? "-"} {profile.Region ?? "-"}");
    return 0;
}
catch (CredentialException none)
{
    Console.WriteLine($"{none.Problem}: {none.Message} {none.Remedy}");
    return 1;
}
