using System.Globalization;
using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Net.Http.Headers;
using Showcase.Hosting;
using Showcase.News.Feeds;
using Showcase.News.Stories;

namespace Showcase.News;

/// <summary>The wire as an Atom feed (RFC 4287), in which retracted stories are tombstones (RFC 6721).</summary>
internal sealed class AtomFeed(StoryStore store)
{
    private const int MaxEntries = 100;

    private (string Address, long Version, byte[] Body, EntityTagHeaderValue ETag)? _latest;

    /// <summary>Returns the feed for readers that reach the showcase under an address. It is written again after a change only.</summary>
    public async Task<(byte[] Body, EntityTagHeaderValue ETag)> GetAsync(string address, CancellationToken cancellationToken)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        if (_latest is not { } latest || latest.Address != address || latest.Version != store.Version)
        {
            var body = Write(address);
            _latest = latest = (address, store.Version, body, new($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\""));
        }

        return (latest.Body, latest.ETag);
    }

    private byte[] Write(string address)
    {
        var stories = store.Page(Choice.Everything, long.MaxValue, 0, MaxEntries);
        var feed = new SyndicationFeed("Duplex wire", "All stories of this showcase.", new($"{address}/news"), $"{address}/news/feed.atom", TimeOf(stories.Max(static story => (long?)ChangedAt(story)) ?? 0))
        {
            Items = [.. stories.Where(static story => story.Retracted is null).Select(story => EntryOf(story, address))],
        };
        feed.Links.Add(SyndicationLink.CreateSelfLink(new($"{address}/news/feed.atom")));
        foreach (var story in stories.Where(static story => story.Retracted is not null)) feed.ElementExtensions.Add(TombstoneOf(story, address));
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, new() { Indent = true })) feed.SaveAsAtom10(writer);
        return body.ToArray();
    }

    private static SyndicationItem EntryOf(Story story, string address)
    {
        var link = story.Link is null ? new Uri(IdOf(story, address)) : new Uri(new Uri($"{address}/"), story.Link);
        var entry = new SyndicationItem(story.Title, default(SyndicationContent), link, IdOf(story, address), TimeOf(ChangedAt(story)))
        {
            Summary = new(story.Summary),
            PublishDate = TimeOf(story.Time),
        };
        entry.Categories.Add(new(story.Topic));
        entry.Authors.Add(new(null, story.Name ?? story.Source, null));
        return entry;
    }

    private static XmlReader TombstoneOf(Story story, string address)
    {
        var element = new XElement(
            FeedReader.Tombstones + "deleted-entry",
            new XAttribute("ref", IdOf(story, address)),
            new XAttribute("when", TimeOf(ChangedAt(story)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            new XElement(FeedReader.Tombstones + "comment", story.Retracted));
        return element.CreateReader();
    }

    private static string IdOf(Story story, string address) => $"{address}/news#story-{story.Id.ToString(CultureInfo.InvariantCulture)}";

    private static long ChangedAt(Story story) => story.Corrected ?? story.Time;

    private static DateTimeOffset TimeOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>Maps the feed.</summary>
internal static class AtomEndpoint
{
    /// <summary>Maps <c>/news/feed.atom</c>; a request with the latest entity tag is answered with 304, and one without a usable host with 400.</summary>
    public static void MapAtom(this IEndpointRouteBuilder app) => app.MapGet("/news/feed.atom", async (HttpContext context, AtomFeed feed) =>
    {
        // Not HttpRequest.Host, which throws for names that are not valid Punycode.
        var address = $"{context.Request.Scheme}://{context.Request.Headers.Host}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out _)) return Refusal.Of(StatusCodes.Status400BadRequest, "The feed needs a Host header with the name of this server.");
        var (body, etag) = await feed.GetAsync(address, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(body, "application/atom+xml; charset=utf-8", entityTag: etag);
    });
}
