using Showcase.News.Feeds;

namespace Showcase.Tests.News;

public sealed class ChangeLogTests
{
    [Fact]
    public void Each_section_of_a_version_becomes_a_story_of_plain_text()
    {
        var items = ChangeLog.Read("""
            # Changelog

            A list of [changes](https://example.com).

            ## Unreleased

            ### Engine

            - `MapWebSocket` is **fast** over
              HTTP/2 ([limits](docs/limits.md)).
            - A second change.

            ### Names

            | a table | only |

            ## 0.1.0

            ### Hub

            - The first one.
            """.ReplaceLineEndings("\n")).ToList();

        Assert.Equal(
            [("0.1.0 Hub", "Duplex 0.1.0: Hub", "The first one."), ("Unreleased Engine", "New in Duplex: Engine", "MapWebSocket is fast over HTTP/2 (limits). A second change.")],
            items.Select(static item => (item.Key, item.Title, item.Summary)));
    }

    [Fact]
    public void The_change_log_of_this_version_is_a_source()
    {
        var titles = OwnSource.Read(DateTimeOffset.UtcNow).Where(static own => own.Source == OwnSource.Changes).Select(static own => own.Item.Title).ToList();

        Assert.Contains("New in Duplex: Showcase", titles);
        Assert.InRange(titles.Count, 5, 100);
    }
}
