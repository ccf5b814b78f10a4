using Duplex.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Judge;
using Showcase.Judge.Runs;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The judge's card: the latest verdicts, and each new one.</summary>
public sealed class JudgeCardTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task The_card_begins_with_the_latest_verdicts_and_receives_each_new_one()
    {
        var store = showcase.Showcase.Services.GetRequiredService<RunStore>();
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        var card = ada.Page.Locator(".verdicts-preview");
        await card.ScrollIntoViewIfNeededAsync();
        await Expect(card).ToContainTextAsync("No verdict yet");

        store.Add(new("1", "bob", "<b>Bob</b>", "bob-0001", "valid-utf8", ScriptLanguage.JavaScript, "", SamplesOnly: false, Time: 1));
        store.Finish("1", new(1, RunState.Done, 1, Verdict: Verdict.Wrong));
        await ada.Page.ReloadAsync();
        await card.ScrollIntoViewIfNeededAsync();
        await Expect(card.Locator("a")).ToHaveTextAsync(["<b>Bob</b>valid utf8Wrong result"]);

        await showcase.Showcase.Services.GetRequiredService<IHub>().PublishAsync(
            "feed:all", new FeedEntry("ada", "Ada", "pairs-that-sum", Verdict.Accepted, 1.5, 2), cancellationToken: TestContext.Current.CancellationToken);
        await Expect(card.Locator("a").First).ToHaveTextAsync("Adapairs that sumAccepted");
        await Expect(card.Locator("a")).ToHaveCountAsync(2);
    }
}
