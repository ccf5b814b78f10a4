using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The card of the stage: a still of the main stage, which is live under the pointer.</summary>
public sealed class StageCardTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task The_card_shows_a_still_and_the_pictures_as_they_come_under_the_pointer_alone()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        var card = ada.Page.Locator(".stage-preview");
        await card.ScrollIntoViewIfNeededAsync();
        await ada.Page.WaitForFunctionAsync(
            "() => document.querySelector('.stage-preview canvas').getContext('2d').getImageData(0, 0, 640, 100).data.some((value, index) => index % 4 < 3 && value > 127)");
        await Expect(card.Locator("canvas")).Not.ToHaveAttributeAsync("data-count", new System.Text.RegularExpressions.Regex("."));

        await card.Locator(".picture").HoverAsync();
        await ada.Page.WaitForFunctionAsync("() => Number(document.querySelector('.stage-preview canvas').dataset.count) > 5");
        await Expect(card.Locator(".rows a").First).ToContainTextAsync("Main stage");
    }
}
