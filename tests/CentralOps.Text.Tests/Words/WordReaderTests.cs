using CentralOps.Text.Words;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.Words;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("ec2___describe_ec2_instances", "ec2 describe ec2 instances")]
    [InlineData("list-s3-buckets", "list s3 buckets")]
    [InlineData("maxResults", "max results maxresults")]
    [InlineData("CloudWatch", "cloud watch cloudwatch")]
    [InlineData("DescribeDBInstances", "describe db instances describedb dbinstances describedbinstances")]
    [InlineData("EC2Instances", "ec2 instances ec2instances")]
    [InlineData("VPCs and IDs", "vpcs and ids")]
    [InlineData("us-east-1", "us east 1")]
    [InlineData("What's up?", "what s up")]
    [InlineData("Zürich ÜBER", "zürich über")]
    [InlineData("バケット 一覧", "バケット 一覧")]
    [InlineData("\u0000\u202E\uFFFD ... ___", "")]
    [InlineData("", "")]
    public void Names_and_sentences_part_into_words(string text, string words) => string.Join(' ', Read(text)).ShouldBe(words);

    [Fact]
    public void A_word_without_end_is_cut()
    {
        Read(new string('x', 100_000)).ShouldBe([new string('x', WordReader.MaxWord)]);
        Read(string.Concat(Enumerable.Repeat("Aa", 50_000))).Count.ShouldBeLessThan(30);
    }

    [Fact]
    public void Any_text_is_read_to_its_end_in_words_of_bounded_length() =>
        Prop.ForAll(Gen.Elements("aB1 _-é漢\ud83d\ude00\udc00\u202e".ToCharArray()).ArrayOf().ToArbitrary(), text =>
            Read(new string(text)).TrueForAll(word => word.Length is > 0 and <= WordReader.MaxWord && string.Equals(word, word.ToLowerInvariant(), StringComparison.Ordinal)))
            .Hold();

    private static List<string> Read(string text)
    {
        var reader = new WordReader();
        reader.Open(text.AsMemory());
        var words = new List<string>();
        while (reader.Next(out var word))
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
