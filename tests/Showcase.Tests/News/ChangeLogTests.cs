using Showcase.News.Feeds;

namespace Showcase.Tests.News;

public sealed class ChangeLogTests
{
    [Fact]
    public void Each_version_becomes_a_story_the_oldest_first()
    {
        var items = ChangeLog.Read("""
            # Changelog

            - Not a change.

            ## Unreleased

            ### Engine

            - One change
              - of two lines.
            - A second change.

            ### Event loops

            | a table | only |

            ## 0.1.0 - 2026-12-24

            ### Hub

            - The first one.
            """).ToList();

        Assert.Equal(
            [
                ("0.1.0 - 2026-12-24", "Duplex 0.1.0 - 2026-12-24 is released", "1 change: Hub."),
                ("Unreleased", "What is new in the version of Duplex on this server", "2 changes: Engine, Event loops."),
            ],
            items.Select(static item => (item.Key, item.Title, item.Summary)));
    }

    [Fact]
    public void The_change_log_of_this_version_is_a_source()
    {
        var item = Assert.Single(OwnSource.Read(DateTimeOffset.UtcNow), static own => own.Source == OwnSource.Changes && own.Item.Key == "Unreleased").Item;

        Assert.Contains("Engine, Event loops", item.Summary, StringComparison.Ordinal);
    }
}
