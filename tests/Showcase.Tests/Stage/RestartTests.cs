using System.Text.Json;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Stage;

/// <summary>A server that restarts during a show.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task The_speaker_continues_the_show_and_its_questions_votes_and_messages_are_there()
    {
        const string Open = """{"stage":"main","title":"Talk","slides":["# One","# Two"],"slide":1,"page":"page-of-ada"}""";
        var data = Directory.CreateTempSubdirectory("stage-");
        string? show;
        await using (var showcase = await RunningShowcase.StartAsync(data: data.FullName))
        {
            await using var ada = await showcase.ConnectAsync("ada");
            show = (await ada.CallAsync("stage.open", Open)).GetProperty("show").GetString();
            var asked = await ada.CallAsync("question.ask", """{"stage":"main","text":"Why?","clientId":"12345678"}""");
            await ada.CallAsync("question.vote", $$"""{"stage":"main","id":{{asked.GetProperty("message").GetProperty("id")}},"on":true}""");
            await ada.CallAsync("question.mark", $$"""{"stage":"main","id":{{asked.GetProperty("message").GetProperty("id")}},"status":"answering"}""");
            await ada.CallAsync("poll.open", """{"stage":"main","question":"Which?","options":["A","B"]}""");
            await ada.CallAsync("poll.vote", """{"stage":"main","poll":1,"choice":1}""");
            await ada.CallAsync("stage.say", """{"stage":"main","text":"Hello","clientId":"87654321"}""");
        }

        await using (var showcase = await RunningShowcase.StartAsync(data: data.FullName))
        {
            await using var ada = await showcase.ConnectAsync("ada");
            await using var bob = await showcase.ConnectAsync("bob");
            var joined = (await ada.SubscribeAsync("stage:main")).GetProperty("data");
            Assert.Equal((show, 1), (joined.GetProperty("state").GetProperty("show").GetProperty("id").GetString(), joined.GetProperty("state").GetProperty("slide").GetInt32()));
            Assert.Equal(1, joined.GetProperty("votes").GetArrayLength());
            Assert.Equal(1, (await ada.SubscribeAsync("poll:main")).GetProperty("data").GetProperty("choice").GetInt32());
            Assert.Equal(1, (await ada.SubscribeAsync("talk:main")).GetProperty("data").GetProperty("messages").GetArrayLength());
            var question = await OnlyQuestionAsync(ada);
            Assert.Equal(("Why?", "answering", 1), (question.GetProperty("text").GetString(), question.GetProperty("status").GetString(), question.GetProperty("votes").GetInt32()));
            Assert.Equal(423, (await bob.FailingCallAsync("stage.open", Open)).GetProperty("code").GetInt32());
            Assert.Equal(show, (await ada.CallAsync("stage.open", Open)).GetProperty("show").GetString());
        }

        data.Delete(recursive: true);
    }

    // The questions are published when the server has started, so the first subscription may begin before them.
    private static async Task<JsonElement> OnlyQuestionAsync(ProtocolClient client)
    {
        while (true)
        {
            var reply = await client.CommandAsync("subscribe", """{"channel":"questions:main","type":1,"phase":2,"limit":100}""");
            var entries = reply.GetProperty("subscribe").GetProperty("state").EnumerateArray().ToList();
            if (entries.Count > 0) return Assert.Single(entries).GetProperty("data");
            await client.CommandAsync("unsubscribe", """{"channel":"questions:main"}""");
        }
    }
}
