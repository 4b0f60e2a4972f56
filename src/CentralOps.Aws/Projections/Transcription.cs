using System.Buffers;

namespace CentralOps.Aws.Projections;

/// <summary>
/// Where an answer is transcoded to, and what is learnt on the way. Without a projection the output is the whole answer as one
/// JSON object. With one, the output receives the items as JSON objects separated by commas (no brackets), so that pages append,
/// and never a part of an item. For one reader at a time.
/// </summary>
public sealed class Transcription(IBufferWriter<byte> output, Projection? projection = null)
{
    public IBufferWriter<byte> Output { get; } = output;

    public Projection? Projection { get; } = projection;

    /// <summary>Items of the first page to pass over (where a continued answer starts inside a page).</summary>
    public int Skip { get; init; }

    /// <summary>Items to write at most, over all pages of this transcription.</summary>
    public int Take { get; init; } = int.MaxValue;

    /// <summary>Items written, over all pages.</summary>
    public int Written { get; internal set; }

    /// <summary>Items that the last page held, written or not; counted where there is a projection.</summary>
    public int SeenOnPage { get; internal set; }

    /// <summary>The last page's pagination token, from where the operation's model says; null when it was the last page.</summary>
    public string? NextToken { get; internal set; }

    /// <summary>The raw bytes of a blob payload member (Lambda's <c>Payload</c>); they are not in the JSON.</summary>
    public ReadOnlyMemory<byte> Blob { get; internal set; }

    /// <summary>Pages read.</summary>
    public int Pages { get; private set; }

    /// <summary>Forgets what was learnt of the page before.</summary>
    internal void BeginPage()
    {
        Pages++;
        SeenOnPage = 0;
        NextToken = null;
        Blob = default;
    }

    /// <summary>Goes on where this one stands, but writes elsewhere: an answer may turn out broken after half of it was written.</summary>
    internal Transcription Aside(IBufferWriter<byte> elsewhere) =>
        new(elsewhere, Projection) { Skip = Skip, Take = Take, Written = Written, Pages = Pages };

    /// <summary>Takes over a page that was read aside to its end.</summary>
    /// <param name="blob">Its blob, in memory that stays.</param>
    internal void Accept(Transcription aside, ReadOnlySpan<byte> written, ReadOnlyMemory<byte> blob)
    {
        Output.Write(written);
        Written = aside.Written;
        SeenOnPage = aside.SeenOnPage;
        NextToken = aside.NextToken;
        Pages = aside.Pages;
        Blob = blob;
    }

    /// <summary>Counts an item; true when it is to be written.</summary>
    internal bool Admit() => SeenOnPage++ >= (Pages == 1 ? Skip : 0) && Written < Take;
}
