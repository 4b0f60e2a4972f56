using CentralOps.Gateway.Storage;
using Npgsql;

namespace CentralOps.Gateway.Tests.Storage;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("sqlite:/var/lib/x.db", "sqlite:/var/lib/x.db")]
    [InlineData("sqlite:///var/lib/../x.db", "sqlite:/var/x.db")]
    [InlineData("postgres://u:p@127.0.0.1/db", "postgres://127.0.0.1/db")]
    [InlineData("postgresql://u:p@db.example.com:6543/d%20b?sslmode=verify-full&application_name=x&connect_timeout=9", "postgres://db.example.com/d b")]
    [InlineData("postgres://u:p@[::1]/db?sslmode=disable", "postgres://::1/db")]
    [InlineData("postgres://u:p%40%2F%23@localhost/db?host=/run/postgresql", "postgres:///run/postgresql/db")]
    public void A_url_is_shown_without_user_and_password(string text, string shown)
    {
        DatabaseUrl.TryParse(text, out var url, out var fault).ShouldBeTrue(fault);
        url.ToString().ShouldBe(shown);
        $"{url}".ShouldBe(shown);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("mysql://u:hidden@h/db", "begins with neither sqlite: nor postgres://")]
    [InlineData("sqlite:gateway.db", "no absolute path")]
    [InlineData("sqlite:", "no absolute path")]
    [InlineData("sqlite:/tmp/", "no absolute path")]
    [InlineData("postgres://u:hid#den@h/db", "percent-encoded")]
    [InlineData("postgres://u:hidden@/db", "percent-encoded")]
    [InlineData("postgres://u:hidden@h", "no database")]
    [InlineData("postgres://u:hidden@h/", "no database")]
    [InlineData("postgres://u:hidden@h/db?sslmode=disable", "sslmode=disable does not verify who answers")]
    [InlineData("postgres://u:hidden@h/db?sslmode=require", "sslmode=require does not verify who answers")]
    [InlineData("postgres://u:hidden@h/db?sslmode=verify-ca", "sslmode=verify-ca does not verify who answers")]
    [InlineData("postgres://u:hidden@127.0.0.1.example.com/db?sslmode=prefer", "does not verify who answers")]
    [InlineData("postgres://u:hidden@h/db?sslmode=VERIFY-FULL", "sslmode is none of")]
    [InlineData("postgres://u:hidden@h/db?sslmode=verify-full&sslmode=disable", "stands there twice")]
    [InlineData("postgres://u:hidden@h/db?options=-csearch_path", "parameter options is not known")]
    [InlineData("postgres://u:hidden@h/db?sslrootcert=/none.pem", "the file that sslrootcert names cannot be read")]
    [InlineData("postgres://u:hidden@h/db?connect_timeout=0", "connect_timeout is no number of seconds")]
    [InlineData("postgres://u:hidden@h/db?host=/a,/b", "one only")]
    public void A_wrong_url_is_refused_with_the_repair_and_without_its_text(string text, string why)
    {
        DatabaseUrl.TryParse(text, out _, out var fault).ShouldBeFalse();
        fault.ShouldContain(why);
        fault.ShouldStartWith("CENTRALOPS_DATABASE_URL");
        fault.ShouldNotContain("hid");
    }

    [Fact]
    public void Who_is_not_on_this_machine_has_to_show_a_certificate_for_its_name()
    {
        Mode("postgres://u:p@db.example.com/db").ShouldBe(SslMode.VerifyFull);
        Mode("postgres://u:p@10.0.0.8/db").ShouldBe(SslMode.VerifyFull);
        Mode("postgres://u:p@localhost/db").ShouldBe(SslMode.Prefer);
        Mode("postgres://u:p@localhost/db?sslmode=verify-full").ShouldBe(SslMode.VerifyFull);
        Mode("postgres://u:p@db.example.com/db?host=/run/postgresql").ShouldBe(SslMode.Prefer);
    }

    private static SslMode Mode(string text)
    {
        DatabaseUrl.TryParse(text, out var url, out var fault).ShouldBeTrue(fault);
        return ((DatabaseUrl.Server)url).Url.Settings.SslMode;
    }
}
