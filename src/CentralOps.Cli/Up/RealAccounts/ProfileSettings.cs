using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Profiles;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>What a profile says of the way to AWS; what is wrong with it is collected, so that all is told at once.</summary>
internal static class ProfileSettings
{
    private const string DefaultRegion = "us-east-1";

    public static AwsProfile? Open(string? name, Func<string, string?> variable, TimeProvider time, List<string> problems)
    {
        try
        {
            return AwsProfile.Open(name, variable, time);
        }
        catch (CredentialException wrong)
        {
            problems.Add($"{wrong.Message} {wrong.Remedy}");
            return null;
        }
    }

    public static RegionName RegionOf(AwsProfile? profile, List<string> problems)
    {
        if (!RegionName.TryParse(profile?.Region ?? DefaultRegion, out var region))
        {
            problems.Add($"'{Terminal.PlainText.Line(profile!.Region!)}' is not the name of a region; set AWS_REGION, or the profile's region, as in us-east-1.");
        }

        return region;
    }

    public static HttpSettings Transport(AwsProfile profile, List<string> problems)
    {
        try
        {
            return HttpSettings.Read(profile.Setting);
        }
        catch (FormatException wrong)
        {
            problems.Add(wrong.Message);
            return HttpSettings.None;
        }
    }

    public static AwsClient? Client(AwsProfile profile, HttpMessageInvoker http, TimeProvider time, List<string> problems, AwsClientOptions? options = null)
    {
        try
        {
            return new AwsClient(http, EndpointResolver.Read(profile.Setting), time, options ?? AwsClientOptions.Read(profile.Setting));
        }
        catch (Exception wrong) when (wrong is FormatException or EndpointException)
        {
            problems.Add(wrong.Message);
            return null;
        }
    }
}
