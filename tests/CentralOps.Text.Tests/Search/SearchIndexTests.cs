using System.Diagnostics;
using CentralOps.Text.Search;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Text.Tests.Search;

public sealed class SearchIndexTests
{
    private static readonly SearchRules Rules = new()
    {
        Fields = [new(3, 0.3f), new(1, 0.75f)],
        Synonyms = new([SynonymRow.Same("server", "instance", "ec2"), SynonymRow.OneWay("virtual machine", "instance"), SynonymRow.OneWay("who am i", "identity")]),
    };

    private static readonly SearchIndex Index = Of(
        ("ec2_describe_instances", "Lists the instances of an account."),
        ("s3_list_buckets", "Lists buckets and whether they are public."),
        ("sts_get_caller_identity", "Tells whose credentials these are."),
        ("cloudwatch_describe_alarms", "CloudWatch alarms and their state."),
        ("elb_list", "LoadBalancers of an account."),
        ("dynamo_tables", "Tables of DynamoDB."));

    [Theory]
    [InlineData("instances", "ec2_describe_instances")]
    [InlineData("instance", "ec2_describe_instances")]
    [InlineData("which servers are there?", "ec2_describe_instances")]
    [InlineData("virtual machines", "ec2_describe_instances")]
    [InlineData("who am i", "sts_get_caller_identity")]
    [InlineData("PUBLIC BUCKET", "s3_list_buckets")]
    [InlineData("bukcets", "s3_list_buckets")]
    [InlineData("buckte", "s3_list_buckets")]
    [InlineData("sevrer", "ec2_describe_instances")]
    [InlineData("ident", "sts_get_caller_identity")]
    [InlineData("cloud watch", "cloudwatch_describe_alarms")]
    [InlineData("cloudwatch", "cloudwatch_describe_alarms")]
    [InlineData("describeAlarms", "cloudwatch_describe_alarms")]
    [InlineData("loadbalancer", "elb_list")]
    [InlineData("load balancers", "elb_list")]
    [InlineData("dynamodb", "dynamo_tables")]
    public void What_people_type_finds_what_they_mean(string query, string expected) => Index.Search(query, 3)[0].Id.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("   \t\n")]
    [InlineData("\u0000\u202E")]
    [InlineData("zzzzzzzzzz")]
    [InlineData("漢字")]
    public void What_nobody_wrote_finds_nothing(string query) => Index.Search(query, 10).ShouldBeEmpty();

    [Fact]
    public void Equal_documents_come_by_id()
    {
        var index = Of(("c", "same words"), ("a", "same words"), ("b", "same words"));
        index.Search("words", 10).Select(hit => hit.Id).ShouldBe(["a", "b", "c"]);
        index.Search("words", 2).Select(hit => hit.Id).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_document_that_has_all_words_stands_before_one_that_repeats_a_single_one()
    {
        var index = Of(("a", "alarm alarm alarm alarm alarm alarm"), ("b", "state of an alarm"), ("c", "else"), ("d", "else"));
        index.Search("alarm state", 2)[0].Id.ShouldBe("b");
    }

    [Fact]
    public void A_documents_synonyms_do_not_add_up()
    {
        var index = Of(("a", "server instance ec2"), ("b", "server other other"), ("c", "x"), ("d", "y"));
        var hits = index.Search("server", 4);
        hits.Select(hit => hit.Id).ShouldBe(["a", "b"]);
        hits[0].Score.ShouldBe(hits[1].Score);
    }

    [Fact]
    public void Nothing_is_found_in_nothing() => Of().Search("anything", 5).ShouldBeEmpty();

    [Fact]
    public void Documents_have_to_be_whole_and_their_own()
    {
        Should.Throw<ArgumentException>(() => Of(("a", "x"), ("a", "y"))).Message.ShouldContain("two documents have the id 'a'", Case.Insensitive);
        Should.Throw<ArgumentException>(() => SearchIndex.Build([new("a", ["only one"])], Rules)).Message.ShouldContain("1 texts; there are 2 fields");
        Should.Throw<ArgumentException>(() => new SynonymTable([SynonymRow.Same("two words")])).Message.ShouldContain("one word");
        Should.Throw<ArgumentOutOfRangeException>(() => Index.Search("x", 0));
    }

    [Fact]
    public void A_hostile_query_is_answered_by_its_beginning()
    {
        var index = SearchIndex.Build(Enumerable.Range(0, 3000).Select(i => new SearchDocument($"tool_{i}", [$"tool {i}", string.Join(' ', Enumerable.Range(i, 30).Select(n => $"word{n}abcdef"))])), Rules);
        string[] hostile =
        [
            new('a', 10_000_000),
            string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"wrod{i}abcdeg")),
            string.Concat(Enumerable.Repeat("aB", 50_000)),
            string.Concat(Enumerable.Repeat("\u202E\u0007\uD83D ", 3000)),
            string.Join(' ', Enumerable.Repeat("word1abcdef", 10_000)),
        ];
        foreach (var query in hostile)
        {
            index.Plan(query).Words.Count.ShouldBeLessThanOrEqualTo(6 * QueryLimits.MaxWords);
            var started = Stopwatch.GetTimestamp();
            index.Search(query, 10).Count.ShouldBeLessThanOrEqualTo(10);

            // It takes milliseconds; unbounded, it would take minutes.
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        }

        index.Search(hostile[4], 1).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_index_answers_exactly_as_a_scan_of_all_documents() =>
        Prop.ForAll(Corpora.ToArbitrary(), Queries.ToArbitrary(), (corpus, query) =>
        {
            var documents = corpus.Select((texts, i) => new SearchDocument($"d{(i * 7) % corpus.Length}_{i}", texts)).ToArray();
            var index = SearchIndex.Build(documents, Rules);
            var plan = index.Plan(query);
            var scan = new LinearScan(documents, Rules);
            var expected = documents.Length == 0 ? [] : scan.Search(plan, index.Terms, 7);
            index.Search(query, 7).ShouldBe(expected);
            foreach (var word in plan.Words)
            {
                word.Rarity.ShouldBe(word.Terms.Min(term => Bm25.Rarity(documents.Length, scan.Count(index.Terms[term.Term]))));
            }
        }).Hold();

    [Fact]
    public void Many_search_at_once_and_all_get_the_same()
    {
        var expected = Index.Search("list account instances", 5);
        Parallel.For(0, 500, _ => Index.Search("list account instances", 5).ShouldBe(expected));
    }

    private static Gen<string> Words => Gen.Elements(
        "list", "lists", "instance", "server", "ec2", "running", "run", "alarm", "alarms", "describeAlarms", "LoadBalancer", "load", "balancer", "bucket", "dynamoDB", "identity", "who", "am", "i", "of");

    private static Gen<string> Text => Words.ArrayOf().Select(words => string.Join(' ', words));

    private static Gen<string[][]> Corpora => Gen.Two(Text).Select(texts => new[] { texts.Item1, texts.Item2 }).ArrayOf();

    private static Gen<string> Queries =>
        Gen.OneOf(Words, Gen.Elements("alrams", "instnce", "sever", "inst", "loadbalancer", "virtual", "machine", "zzz", "dynamodb")).ArrayOf().Select(words => string.Join(' ', words));

    private static SearchIndex Of(params (string Id, string Text)[] documents) =>
        SearchIndex.Build(documents.Select(document => new SearchDocument(document.Id, [document.Id, document.Text])), Rules);
}
