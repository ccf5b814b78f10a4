using System.Reflection;
using Duplex.Configuration;
using Showcase.Conversations;
using Showcase.Stage;
using Showcase.Stage.Shows;
using Showcase.Storage;

namespace Showcase.Tests.Stage.Shows;

/// <summary>The questions of a show in the log of messages.</summary>
public sealed class StageStoreTests
{
    [Fact]
    public void A_show_with_the_maximum_number_of_questions_retains_each_whatever_the_options()
    {
        var range = typeof(StageOptions).GetProperty(nameof(StageOptions.MessagesPerStage))!.GetCustomAttribute<NumberRangeAttribute>()!;
        var folder = Directory.CreateTempSubdirectory("stage-");
        using (var store = new StageStore(folder.FullName, (int)range.Min))
        {
            for (var number = 1; number <= StageRules.MaxQuestions; number++)
                store.Messages.Append(new Message(0, "show", "ada", "Ada", "Why?", 0, $"question-{number}"));

            Assert.Equal(StageRules.MaxQuestions, store.Messages.Page("show", long.MaxValue, StageRules.MaxQuestions).Count);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void Tables_of_earlier_builds_are_removed()
    {
        var folder = Directory.CreateTempSubdirectory("stage-");
        using (var old = new Database(folder.FullName, "stages.db"))
            foreach (var table in (string[])["questions", "question_votes", "poll_votes"]) old.Execute($"CREATE TABLE {table} (stage TEXT)");

        new StageStore(folder.FullName, 1000).Dispose();

        using (var opened = new Database(folder.FullName, "stages.db"))
        {
            Assert.Equal(
                ["messages", "poll_choices", "question_voters", "shows"],
                opened.Query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", static row => row.GetString(0)));
        }

        folder.Delete(recursive: true);
    }
}
