namespace CentralOps.Profiles.Tests;

public sealed class ListedProfileTests
{
    [Fact]
    public void A_profile_leads_where_its_role_is_and_its_name_says_nothing()
    {
        using var home = new Home("");
        var file = home.Write("profiles", """
            [222222222222]
            aws_access_key_id = AKID
            aws_secret_access_key = secret

            [role]
            role_arn = arn:aws:iam::333333333333:role/ops/SecurityAudit
            source_profile = 222222222222

            [sign-in]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = eu-west-1
            sso_account_id = 444444444444
            sso_role_name = ReadOnlyAccess

            [odd]
            role_arn = not an arn
            source_profile = 222222222222

            """);
        var listed = ListedProfile.All(name => name is "AWS_SHARED_CREDENTIALS_FILE" ? file : null).ToDictionary(profile => profile.Name, StringComparer.Ordinal);
        listed["222222222222"].ShouldBe(new ListedProfile("222222222222", null, null));
        listed["role"].ShouldBe(new ListedProfile("role", "333333333333", "SecurityAudit"));
        listed["sign-in"].ShouldBe(new ListedProfile("sign-in", "444444444444", "ReadOnlyAccess"));
        listed["odd"].ShouldBe(new ListedProfile("odd", null, null));
    }
}
