using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Showcase.News.Stories;

namespace Showcase.News.Feeds;

/// <summary>Reads RSS 2.0 (rssboard.org) and Atom 1.0 (RFC 4287) with its tombstones (RFC 6721).</summary>
internal static partial class FeedReader
{
    /// <summary>The limits of a story's texts, which those of visitors share.</summary>
    public const int MaxTitle = 140, MaxSummary = 500;

    /// <summary>The namespace of the tombstones of Atom (RFC 6721).</summary>
    public static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";

    private const int MaxItems = 200, MaxCharacters = 4_000_000, MaxLink = 1000, MaxKey = 500;
    private static readonly string[] DayNames = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;
    private static readonly DateTimeOffset Earliest = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Feeds are written in encodings of Windows too.
    static FeedReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a feed.</summary>
    /// <param name="body">The bytes of the feed.</param>
    /// <param name="address">The address of the feed, to which its links may be relative.</param>
    /// <param name="now">The present; an item has no later time.</param>
    /// <exception cref="FeedException">The bytes are not a feed that can be read.</exception>
    public static FeedContent Read(ReadOnlySpan<byte> body, Uri address, DateTimeOffset now)
    {
        // XML allows no white space before its declaration; some feeds have it.
        var text = body.TrimStart(" \t\r\n"u8).ToArray();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(text), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                MaxCharactersInDocument = MaxCharacters,
                XmlResolver = null,
            });
            reader.MoveToContent();
            var formatter = FormatterOf(reader);
            var isHtml = formatter is Rss20FeedFormatter;
            formatter.DateTimeParser = Lenient(formatter.DateTimeParser);
            formatter.UriParser = static (XmlUriData data, out Uri uri) => Uri.TryCreate(data.UriString, UriKind.RelativeOrAbsolute, out uri!) || Uri.TryCreate("", UriKind.Relative, out uri!);
            formatter.ReadFrom(reader);
            var feed = formatter.Feed;
            var items = feed.Items.Take(MaxItems).Select(item => ItemOf(item, feed, address, now, isHtml)).OfType<Item>();
            return new([.. items.Reverse(), .. RetractedIn(feed)], ScheduleOf(feed));
        }
        catch (XmlException exception)
        {
            throw new FeedException($"The feed is not well-formed XML without a document type: line {exception.LineNumber}, column {exception.LinePosition}.", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new FeedException("The feed contains a value that cannot be read.", exception);
        }
    }

    private static SyndicationFeedFormatter FormatterOf(XmlReader reader)
    {
        if (new Atom10FeedFormatter() is var atom && atom.CanRead(reader)) return atom;
        if (new Rss20FeedFormatter() is var rss && rss.CanRead(reader) && reader.GetAttribute("version") is null or "2.0" or "0.92" or "0.91") return rss;
        throw new FeedException("The document is neither RSS 2.0 nor Atom 1.0.");
    }

    // The parser throws for a date that it cannot read, and one such date would hide all items.
    private static TryParseDateTimeCallback Lenient(TryParseDateTimeCallback strict) => (XmlDateTimeData data, out DateTimeOffset time) =>
    {
        if (!strict(data, out time) && !DateTimeOffset.TryParse(data.DateTimeString, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
            time = default;
        return true;
    };

    private static Item? ItemOf(SyndicationItem item, SyndicationFeed feed, Uri address, DateTimeOffset now, bool isHtml)
    {
        var title = TextOf(item.Title, isHtml, MaxTitle);
        var summary = TextOf(item.Summary ?? item.Content as TextSyndicationContent, isHtml, MaxSummary);
        if (title.Length == 0) (title, summary) = (PlainText.OfText(summary, MaxTitle), "");
        if (title.Length == 0) return null;
        var link = LinkOf(item, address);
        var key = item.Id is { Length: > 0 } id ? id : link ?? Item.HashOf(title);
        var topic = item.Categories.Select(static category => Topics.Find(category.Name)).FirstOrDefault(static topic => topic is not null);
        return new(KeyOf(key), title, summary, topic, TimeOf(item, now), link, LanguageOf(feed.Language));
    }

    private static string KeyOf(string id) => id.Length > MaxKey ? Item.HashOf(id) : id;

    private static string TextOf(TextSyndicationContent? content, bool isHtml, int max) => content is null ? ""
        : isHtml || content.Type != "text" ? PlainText.OfHtml(content.Text ?? "", max)
        : PlainText.OfText(content.Text ?? "", max);

    private static long? TimeOf(SyndicationItem item, DateTimeOffset now)
    {
        var time = item.PublishDate != default ? item.PublishDate : item.LastUpdatedTime;
        return time >= Earliest && time <= now ? time.ToUnixTimeMilliseconds() : null;
    }

    private static string? LinkOf(SyndicationItem item, Uri address)
    {
        var link = (item.Links.FirstOrDefault(static link => link.RelationshipType is null or "alternate") ?? item.Links.FirstOrDefault())?.Uri;
        if (link is null || link.OriginalString.Length is 0 or > MaxLink) return null;
        return Uri.TryCreate(address, link, out var whole) && whole.Scheme is "http" or "https" && whole.UserInfo.Length == 0 ? whole.AbsoluteUri : null;
    }

    private static string? LanguageOf(string? language) => language is not null && Language().IsMatch(language) ? language : null;

    // The properties of SyndicationFeed throw for a value that they cannot read, and one such value would hide all items.
    private static FeedSchedule ScheduleOf(SyndicationFeed feed)
    {
        var minutes = ValuesOf(feed, "ttl").Select(static text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 0).FirstOrDefault();
        var hours = ValuesOf(feed, "skipHours").Select(static text => int.TryParse(text, CultureInfo.InvariantCulture, out var hour) ? hour % 24 : -1);
        var days = ValuesOf(feed, "skipDays").Select(static text => (DayOfWeek)Array.FindIndex(DayNames, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)));
        return new(minutes > 0 ? TimeSpan.FromMinutes(minutes) : null, [.. hours.Take(24)], [.. days.Take(7)]);
    }

    private static IEnumerable<string> ValuesOf(SyndicationFeed feed, string name) =>
        from extension in feed.ElementExtensions.Where(extension => extension.OuterName == name && extension.OuterNamespace.Length == 0).Take(1)
        let element = extension.GetObject<XElement>()
        from value in element.HasElements ? element.Elements() : [element]
        select value.Value.Trim();

    private static IEnumerable<Item> RetractedIn(SyndicationFeed feed) =>
        from extension in feed.ElementExtensions.Where(static extension => extension.OuterName == "deleted-entry" && extension.OuterNamespace == Tombstones.NamespaceName).Take(MaxItems)
        let entry = extension.GetObject<XElement>()
        let comment = PlainText.OfText(entry.Element(Tombstones + "comment")?.Value ?? "", MaxTitle)
        select new Item(KeyOf(entry.Attribute("ref")?.Value ?? ""), "", "", null, null, null, null, comment.Length > 0 ? comment : "The source gave no reason.");

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
    private static partial Regex Language();
}
