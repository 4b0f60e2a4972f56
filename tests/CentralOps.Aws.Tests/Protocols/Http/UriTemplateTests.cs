using CentralOps.Aws.Protocols.Http;

namespace CentralOps.Aws.Tests.Protocols.Http;

public sealed class UriTemplateTests
{
    [Theory]
    [InlineData("/functions", "/functions/", true)]
    [InlineData("/functions/", "/functions", true)]
    [InlineData("/functions/", "/functions/", true)]
    [InlineData("/functions/", "/functions//", false)]
    [InlineData("/functions/{Name}", "/functions/", false)]
    [InlineData("/functions/{Name}", "/functions/f/", true)]
    [InlineData("/functions/{Name}", "/functions/f/more", false)]
    [InlineData("/", "/", true)]
    [InlineData("/", "", true)]
    [InlineData("/", "/x", false)]
    [InlineData("/{Bucket}", "/b/", true)]
    [InlineData("/{Bucket}", "/", false)]
    [InlineData("/{Bucket}/{Key+}", "/b/", false)]
    [InlineData("/{Bucket}/{Key+}", "/b/k/", true)]
    [InlineData("/{Rest+}/end", "/a/b/end", true)]
    [InlineData("/{Rest+}/end", "/a/b/end/", true)]
    public void A_slash_at_the_end_counts_only_in_a_greedy_label(string template, string path, bool matches) =>
        UriTemplate.Parse(template).TryMatch(path, null).ShouldBe(matches);

    [Theory]
    [InlineData("/b/k/", "k/")]
    [InlineData("/b//k", "/k")]
    [InlineData("/b/a%2Fb/c", "a/b/c")]
    public void A_greedy_label_takes_all_slashes(string path, string key)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        UriTemplate.Parse("/{Bucket}/{Key+}").TryMatch(path, labels).ShouldBeTrue();

        labels.ShouldBe(new Dictionary<string, string> { ["Bucket"] = "b", ["Key"] = key });
    }
}
