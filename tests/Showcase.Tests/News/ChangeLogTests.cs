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
                ("Duplex 0.1.0 - 2026-12-24 is released", "1 change: Hub."),
                ("What is new in the version of Duplex on this server", "2 changes: Engine, Event loops."),
            ],
            items.Select(static item => (item.Title, item.Summary)));
    }

    [Theory]
    [InlineData("Unreleased", false)]
    [InlineData("0.1.0", true)]
    public void A_further_change_is_a_story_of_its_own_until_the_version_is_released(string version, bool isSame)
    {
        var before = Assert.Single(ChangeLog.Read($"# Changelog\n\n## {version}\n\n### Hub\n\n- One change.\n"));
        var after = Assert.Single(ChangeLog.Read($"# Changelog\n\n## {version}\n\n### Hub\n\n- One change.\n- Another one.\n"));

        Assert.Equal(isSame, before.Key == after.Key);
    }

    [Fact]
    public void The_change_log_of_this_version_is_a_source()
    {
        var item = Assert.Single(OwnSource.Read(DateTimeOffset.UtcNow), static own => own.Source == OwnSource.Changes && own.Item.Title.StartsWith("What is new", StringComparison.Ordinal)).Item;

        Assert.Contains("Engine, Event loops", item.Summary, StringComparison.Ordinal);
    }
}
