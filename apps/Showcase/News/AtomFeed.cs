using System.Globalization;
using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Net.Http.Headers;
using Showcase.News.Feeds;
using Showcase.News.Stories;

namespace Showcase.News;

/// <summary>
/// The wire as an Atom feed (RFC 4287), in which retracted stories are tombstones (RFC 6721). Its ids are URNs and its links are
/// relative, so it is the same whatever the name under which a reader reaches the server.
/// </summary>
internal sealed class AtomFeed(StoryStore store)
{
    private const int MaxEntries = 100;

    private (long Version, byte[] Body, EntityTagHeaderValue ETag)? _latest;

    /// <summary>Returns the feed. It is written again after a change only.</summary>
    public async Task<(byte[] Body, EntityTagHeaderValue ETag)> GetAsync(CancellationToken cancellationToken)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        if (_latest is not { } latest || latest.Version != store.Version)
        {
            var body = Write();
            _latest = latest = (store.Version, body, new($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\""));
        }

        return (latest.Body, latest.ETag);
    }

    private byte[] Write()
    {
        var stories = store.Page(Choice.Everything, long.MaxValue, 0, MaxEntries);
        var feed = new SyndicationFeed("Duplex wire", "All stories of this showcase.", LinkTo("/news"), store.Urn, TimeOf(stories.Max(static story => (long?)ChangedAt(story)) ?? 0))
        {
            Items = [.. stories.Where(static story => story.Retracted is null).Select(EntryOf)],
        };
        feed.Links.Add(SyndicationLink.CreateSelfLink(LinkTo("/news/feed.atom")));
        foreach (var story in stories.Where(static story => story.Retracted is not null)) feed.ElementExtensions.Add(TombstoneOf(story));
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, new() { Indent = true })) feed.SaveAsAtom10(writer);
        return body.ToArray();
    }

    private SyndicationItem EntryOf(Story story)
    {
        var entry = new SyndicationItem(story.Title, default(SyndicationContent), LinkTo(story.Link ?? $"/news{FragmentOf(story)}"), IdOf(story), TimeOf(ChangedAt(story)))
        {
            Summary = new(story.Summary),
            PublishDate = TimeOf(story.Time),
        };
        entry.Categories.Add(new(story.Topic));
        entry.Authors.Add(new(null, story.Name ?? story.Source, null));
        return entry;
    }

    private XmlReader TombstoneOf(Story story)
    {
        var element = new XElement(
            FeedReader.Tombstones + "deleted-entry",
            new XAttribute("ref", IdOf(story)),
            new XAttribute("when", TimeOf(ChangedAt(story)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            new XElement(FeedReader.Tombstones + "comment", story.Retracted));
        return element.CreateReader();
    }

    private string IdOf(Story story) => store.Urn + FragmentOf(story);

    private static string FragmentOf(Story story) => $"#story-{story.Id.ToString(CultureInfo.InvariantCulture)}";

    private static Uri LinkTo(string address) => new(address, UriKind.RelativeOrAbsolute);

    private static long ChangedAt(Story story) => story.RetractedAt ?? story.Corrected ?? story.Time;

    private static DateTimeOffset TimeOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>Maps the feed.</summary>
internal static class AtomEndpoint
{
    /// <summary>Maps <c>/news/feed.atom</c>; a request with the latest entity tag is answered with 304.</summary>
    public static void MapAtom(this IEndpointRouteBuilder app) => app.MapGet("/news/feed.atom", async (HttpContext context, AtomFeed feed) =>
    {
        var (body, etag) = await feed.GetAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(body, "application/atom+xml; charset=utf-8", entityTag: etag);
    });
}
