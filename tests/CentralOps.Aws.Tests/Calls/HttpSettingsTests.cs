using CentralOps.Aws.Calls;

namespace CentralOps.Aws.Tests.Calls;

public sealed class HttpSettingsTests
{
    [Theory]
    [InlineData("https://ec2.us-east-1.amazonaws.com", null, true)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", "amazonaws.com", false)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", ".amazonaws.com", false)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", "*.amazonaws.com", false)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", " other.example , AMAZONAWS.COM ", false)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", "*", false)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", "amazonaws.com:443", false)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", "amazonaws.com:8443", true)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", "onaws.com", true)]
    [InlineData("https://evilamazonaws.com", "amazonaws.com", true)]
    [InlineData("https://amazonaws.com.evil.example", "amazonaws.com", true)]
    [InlineData("https://amazonaws.com", ".amazonaws.com", false)]
    [InlineData("https://vpce.internal:8443", "internal:8443", false)]
    [InlineData("https://10.1.2.3", "10.1.2.3", false)]
    [InlineData("https://10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("https://[fd00::1]", "fd00::1", false)]
    [InlineData("https://[fd00::1]", "[fd00::1]:443", false)]
    [InlineData("https://[fd00::1]", "[fd00::2]", true)]
    [InlineData("https://ec2.us-east-1.amazonaws.com", ",,:,.", true)]
    [InlineData("http://127.0.0.1:4566", null, false)]
    [InlineData("https://localhost:4566", null, false)]
    [InlineData("http://[::1]:4566", null, false)]
    public void NO_PROXY_names_hosts_domains_and_ports(string url, string? exceptions, bool proxied)
    {
        var proxy = Read(("ALL_PROXY", "proxy.example.com:3128"), ("NO_PROXY", exceptions)).Proxy!;

        proxy.GetProxy(new Uri(url))?.AbsoluteUri.ShouldBe("http://proxy.example.com:3128/");
        (proxy.GetProxy(new Uri(url)) is not null).ShouldBe(proxied);
        proxy.IsBypassed(new Uri(url)).ShouldBe(!proxied);
    }

    [Fact]
    public void The_lower_case_name_comes_first_and_each_scheme_has_its_own()
    {
        var proxy = Read(("https_proxy", "http://lower:1"), ("HTTPS_PROXY", "http://upper:2"), ("HTTP_PROXY", "http://plain:3"), ("no_proxy", "skipped.example"), ("NO_PROXY", "*")).Proxy!;

        proxy.GetProxy(new Uri("https://aws.example"))!.Host.ShouldBe("lower");
        proxy.GetProxy(new Uri("http://aws.example"))!.Host.ShouldBe("plain");
        proxy.GetProxy(new Uri("https://skipped.example")).ShouldBeNull();
    }

    [Fact]
    public void Without_settings_there_is_no_proxy_and_the_systems_roots_count()
    {
        var settings = Read(("HTTPS_PROXY", ""), ("AWS_CA_BUNDLE", ""));

        (settings.Proxy, settings.Roots).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "ftp://user:hunter2@proxy")]
    [InlineData("https_proxy", "http://")]
    [InlineData("ALL_PROXY", "http://user:hunter2@:port")]
    public void A_proxy_that_is_no_URL_is_named_without_its_password(string name, string value)
    {
        var refused = Should.Throw<FormatException>(() => Read((name, value)));

        refused.Message.ShouldStartWith($"The setting {name} is no proxy's URL. Set it to one such as");
        refused.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_bundle_that_cannot_serve_is_named_with_what_is_wrong_and_the_repair()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Refusal(Path.Combine(folder.FullName, "none.pem")).ShouldEndWith("which does not exist. Set it to a readable file of PEM certificates, or unset it.");
            Refusal(folder.FullName).ShouldContain("which cannot be read");
            Refusal(Written("empty.pem", "")).ShouldContain("which holds no PEM certificate");
            Refusal(Written("der.pem", "0\u0082\u0001\n")).ShouldContain("which holds no PEM certificate");
            Refusal(Written("cut.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")).ShouldContain("in which a certificate is damaged");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Refusal(string path)
        {
            var message = Should.Throw<FormatException>(() => Read(("AWS_CA_BUNDLE", path))).Message;
            message.ShouldStartWith($"AWS_CA_BUNDLE names '{path}'");
            return message;
        }

        string Written(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }
    }

    private static HttpSettings Read(params (string Name, string? Value)[] settings) =>
        HttpSettings.Read(name => Array.Find(settings, setting => setting.Name == name).Value);
}
