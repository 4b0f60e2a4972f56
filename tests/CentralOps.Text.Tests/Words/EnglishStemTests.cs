using CentralOps.Text.Words;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.Words;

public sealed class EnglishStemTests
{
    // The samples that the algorithm's own page prints, and one word at least for each rule.
    [Theory]
    [InlineData("consign", "consign")]
    [InlineData("consigned", "consign")]
    [InlineData("consigning", "consign")]
    [InlineData("consignment", "consign")]
    [InlineData("consist", "consist")]
    [InlineData("consisted", "consist")]
    [InlineData("consistency", "consist")]
    [InlineData("consistent", "consist")]
    [InlineData("consistently", "consist")]
    [InlineData("consisting", "consist")]
    [InlineData("consists", "consist")]
    [InlineData("consolation", "consol")]
    [InlineData("consolations", "consol")]
    [InlineData("consolatory", "consolatori")]
    [InlineData("console", "consol")]
    [InlineData("consoled", "consol")]
    [InlineData("consolingly", "consol")]
    [InlineData("conspicuously", "conspicu")]
    [InlineData("conspiracy", "conspiraci")]
    [InlineData("constancy", "constanc")]
    [InlineData("knaves", "knave")]
    [InlineData("kneeling", "kneel")]
    [InlineData("knightly", "knight")]
    [InlineData("knots", "knot")]
    [InlineData("knotted", "knot")]
    [InlineData("knowledge", "knowledg")]
    [InlineData("caresses", "caress")]
    [InlineData("ties", "tie")]
    [InlineData("cries", "cri")]
    [InlineData("gas", "gas")]
    [InlineData("this", "this")]
    [InlineData("gaps", "gap")]
    [InlineData("kiwis", "kiwi")]
    [InlineData("hopping", "hop")]
    [InlineData("hoping", "hope")]
    [InlineData("luxuriated", "luxuri")]
    [InlineData("feed", "feed")]
    [InlineData("agreed", "agre")]
    [InlineData("say", "say")]
    [InlineData("by", "by")]
    [InlineData("cry", "cri")]
    [InlineData("youth", "youth")]
    [InlineData("boyish", "boyish")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("operator", "oper")]
    [InlineData("hopefulness", "hope")]
    [InlineData("triplicate", "triplic")]
    [InlineData("electrical", "electr")]
    [InlineData("replacement", "replac")]
    [InlineData("adoption", "adopt")]
    [InlineData("rate", "rate")]
    [InlineData("cease", "ceas")]
    [InlineData("controll", "control")]
    [InlineData("roll", "roll")]
    [InlineData("dying", "die")]
    [InlineData("skies", "sky")]
    [InlineData("news", "news")]
    [InlineData("succeed", "succeed")]
    [InlineData("proceeds", "proceed")]
    [InlineData("generate", "generat")]
    [InlineData("general", "general")]
    [InlineData("communication", "communic")]
    public void Stems_are_porters(string word, string stem) => Stem(word).ShouldBe(stem);

    [Theory]
    [InlineData("instance", "instances")]
    [InlineData("alarm", "alarms")]
    [InlineData("running", "runs")]
    [InlineData("encrypt", "encrypted")]
    [InlineData("describe", "describes")]
    [InlineData("policy", "policies")]
    [InlineData("database", "databases")]
    [InlineData("vpc", "vpcs")]
    [InlineData("organization", "organizations")]
    public void Forms_of_one_word_share_a_stem(string one, string other) => Stem(one).ShouldBe(Stem(other));

    [Theory]
    [InlineData("organization", "organ")]
    [InlineData("rds", "rd")]
    [InlineData("sns", "sn")]
    public void Different_words_do_not(string one, string other) => Stem(one).ShouldNotBe(Stem(other));

    [Theory]
    [InlineData("")]
    [InlineData("ec2")]
    [InlineData("größen")]
    [InlineData("it's")]
    [InlineData("バケット")]
    public void What_is_not_english_stays_as_it_is(string word) => Stem(word).ShouldBe(word);

    [Fact]
    public void No_word_grows_or_breaks() =>
        Prop.ForAll(Gen.Elements("aeiouysltdingbz".ToCharArray()).ArrayOf().Where(letters => letters.Length <= WordReader.MaxWord).ToArbitrary(), letters =>
        {
            var stem = Stem(new string(letters));
            return stem.Length <= letters.Length && (letters.Length == 0 || stem.Length > 0) && stem.All(letter => letter is >= 'a' and <= 'z');
        }).Hold();

    private static string Stem(string word)
    {
        var letters = word.ToCharArray();
        return new string(letters, 0, EnglishStem.Of(letters));
    }
}
