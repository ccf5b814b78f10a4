using System.Text;
using Showcase.News.Feeds;
using Showcase.News.Stories;

namespace Showcase.Tests.News;

/// <summary>Feeds as they are found: what is read of them, and why one is not.</summary>
public sealed class FeedReaderTests
{
    private static readonly Uri Address = new("https://example.com/feeds/all.xml");
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_item_of_RSS_becomes_a_story_of_plain_text()
    {
        var item = Assert.Single(Read(Rss("""
            <guid>g1</guid><title>Fish &amp;amp; chips</title><link>https://example.com/1</link>
            <description><![CDATA[<p>One <b>two</b></p><script>alert(1)</script>]]></description>
            <pubDate>Sat, 28 Nov 2026 10:00:00 +0100</pubDate><category>Science</category>
            """)).Items);

        Assert.Equal(
            new Item("g1", "Fish & chips", "One two", "science", new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), "https://example.com/1", null),
            item);
    }

    [Fact]
    public void An_entry_of_Atom_becomes_a_story_of_plain_text()
    {
        var item = Assert.Single(Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>t</title><id>f</id><updated>2026-11-28T00:00:00Z</updated>
            <entry><id>e1</id><title type="text">a &lt;b&gt; c</title><link rel="alternate" href="/story/1"/><updated>2026-11-28T10:00:00Z</updated>
            <summary type="html">&lt;p&gt;One&lt;/p&gt;&lt;img src=x onerror=alert(1)&gt;</summary></entry></feed>
            """).Items);

        Assert.Equal(("e1", "a <b> c", "One", "https://example.com/story/1", "de"), (item.Key, item.Title, item.Summary, item.Link, item.Lang));
    }

    [Fact]
    public void A_tombstone_of_Atom_becomes_a_retraction()
    {
        var item = Assert.Single(Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>t</title><id>f</id><updated>2026-11-28T00:00:00Z</updated>
            <at:deleted-entry ref="e1" when="2026-11-28T00:00:00Z"><at:comment>It was wrong.</at:comment></at:deleted-entry></feed>
            """).Items);

        Assert.Equal(("e1", "It was wrong."), (item.Key, item.Retracted));
    }

    [Fact]
    public void A_tombstone_names_an_entry_however_long_its_id_is()
    {
        var id = $"https://example.com/{new string('a', 1000)}";
        var items = Read($"""
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>t</title><id>f</id><updated>2026-11-28T00:00:00Z</updated>
            <at:deleted-entry ref="{id}" when="2026-11-28T00:00:00Z"/><entry><id>{id}</id><title>A title</title><updated>2026-11-28T10:00:00Z</updated></entry></feed>
            """).Items;

        Assert.Equal(2, items.Count);
        Assert.Single(items.Select(static item => item.Key).Distinct());
    }

    [Theory]
    [InlineData("Sat, 28 Nov 2026 10:00:00 GMT", "2026-11-28T10:00:00Z")]
    [InlineData("28 Nov 2026 10:00:00 EST", "2026-11-28T15:00:00Z")]
    [InlineData("Sat, 28 Nov 2026 10:00 GMT", "2026-11-28T10:00:00Z")]
    [InlineData("2026-11-28T10:00:00Z", "2026-11-28T10:00:00Z")]
    [InlineData("2026-11-28 10:00:00", "2026-11-28T10:00:00Z")]
    [InlineData("Sunday, 28 Nov 2026 10:00:00 +0000", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    [InlineData("0000-00-00", null)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", null)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", null)]
    [InlineData("Mon, 30 Nov 2026 10:00:00 GMT", null)]
    public void A_date_that_makes_no_sense_hides_no_item(string date, string? expected)
    {
        var item = Assert.Single(Read(Rss($"<guid>g</guid><title>A title</title><pubDate>{date}</pubDate>")).Items);

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, null).ToUnixTimeMilliseconds(), item.Time);
    }

    [Theory]
    [InlineData("<title>t</title><link>https://example.com/1</link>", "https://example.com/1")]
    [InlineData("<title>t</title><link>javascript:alert(1)</link>", null)]
    [InlineData("<title>t</title><link>http://[bad</link>", null)]
    [InlineData("<title>t</title><link>https://user:secret@example.com/</link>", null)]
    [InlineData("<title>t</title><link>/relative</link>", "https://example.com/relative")]
    [InlineData("<title>t</title>", null)]
    public void Only_addresses_of_the_web_are_links(string item, string? link) => Assert.Equal(link, Assert.Single(Read(Rss(item)).Items).Link);

    [Fact]
    public void An_item_without_a_guid_has_its_link_as_key_and_one_without_both_its_headline()
    {
        Assert.Equal("https://example.com/1", Assert.Single(Read(Rss("<title>t</title><link>https://example.com/1</link>")).Items).Key);
        Assert.Equal(Item.HashOf("t"), Assert.Single(Read(Rss("<title>t</title>")).Items).Key);
    }

    [Fact]
    public void An_item_without_a_headline_has_its_summary_as_headline_and_an_empty_one_is_left_out()
    {
        Assert.Equal(("Only words", ""), Read(Rss("<description>Only words</description>")).Items is [var item] ? (item.Title, item.Summary) : default);
        Assert.Empty(Read(Rss("<guid>g</guid><description><![CDATA[<img src=x>]]></description>")).Items);
    }

    [Fact]
    public void A_byte_order_mark_and_white_space_before_the_declaration_are_skipped()
    {
        var feed = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{Rss("<title>Grüße</title>")}");

        Assert.Equal("Grüße", Assert.Single(FeedReader.Read([0xEF, 0xBB, 0xBF, .. feed], Address, Now).Items).Title);
        Assert.Equal("Grüße", Assert.Single(FeedReader.Read([.. "\r\n "u8, .. feed], Address, Now).Items).Title);
    }

    [Fact]
    public void A_feed_in_an_encoding_of_Windows_is_read()
    {
        var feed = Encoding.Latin1.GetBytes($"<?xml version=\"1.0\" encoding=\"windows-1252\"?>{Rss("<title>Grüße \u0080 5</title>")}");

        Assert.Equal("Grüße € 5", Assert.Single(FeedReader.Read(feed, Address, Now).Items).Title);
    }

    [Fact]
    public void A_feed_has_at_most_200_items_and_the_oldest_comes_first()
    {
        var items = string.Concat(Enumerable.Range(1, 300).Select(static number => $"<item><guid>{number}</guid><title>Story {number}</title></item>"));
        var read = Read($"<rss version=\"2.0\"><channel><title>t</title><link>https://example.com</link><description>d</description>{items}</channel></rss>").Items;

        Assert.Equal((200, "200", "1"), (read.Count, read[0].Key, read[^1].Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not XML")]
    [InlineData("<html><body>Please log in</body></html>")]
    [InlineData("<rss version=\"2.0\"><channel><title>t</title><item><title>cut off")]
    [InlineData("<rss version=\"2.0\"><channel><title>&undefined;</title></channel></rss>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss version=\"2.0\"><channel><title>&b;</title></channel></rss>")]
    [InlineData("<!DOCTYPE rss SYSTEM \"http://example.com/rss.dtd\"><rss version=\"2.0\"><channel><title>t</title></channel></rss>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><title>&x;</title></channel></rss>")]
    [InlineData("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"></rdf:RDF>")]
    [InlineData("<rss version=\"2.0\"><channel><title>\u0001</title></channel></rss>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such-encoding\"?><rss version=\"2.0\"/>")]
    public void A_feed_that_cannot_be_read_is_refused_with_a_sentence(string feed)
    {
        var exception = Assert.Throws<FeedException>(() => Read(feed));

        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_with_too_many_characters_is_refused() =>
        Assert.Throws<FeedException>(() => Read(Rss($"<title>{new string('a', 5_000_000)}</title>")));

    [Fact]
    public void Elements_that_are_nested_deeply_cost_no_stack()
    {
        const int depth = 100_000;

        Assert.Single(Read(Rss($"<title>t</title>{string.Concat(Enumerable.Repeat("<x>", depth))}{string.Concat(Enumerable.Repeat("</x>", depth))}")).Items);
    }

    [Fact]
    public void The_feeds_that_the_showcase_brings_along_can_be_read()
    {
        var items = OwnSource.Read(Now).Where(static own => own.Source == OwnSource.Archive).Select(static own => own.Item).ToList();

        Assert.Equal(12, items.Count);
        Assert.Equal(["ar", "de", "en"], items.Select(static item => item.Lang).Distinct().Order());
        Assert.All(items, static item => Assert.True(item is { Topic: not null, Time: not null } && item.Summary.Length > 0 && !item.Summary.EndsWith('…')));
    }

    private static FeedContent Read(string feed) => FeedReader.Read(Encoding.UTF8.GetBytes(feed), Address, Now);

    private static string Rss(string item) =>
        $"<rss version=\"2.0\"><channel><title>t</title><link>https://example.com</link><description>d</description><item>{item}</item></channel></rss>";
}
