using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>A person on a phone who writes by keyboard, through a lost connection and a reload, with a second window.</summary>
public sealed class DrillTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const int Width = 390;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_by_a_cut_and_a_reload_and_the_second_window_agrees()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        await ada.Page.SetViewportSizeAsync(Width, 844);
        var phone = await ChatPage.OpenAsync(ada, "lobby");
        var window = new ChatPage(await ada.NewPageAsync());
        await window.GoToAsync("lobby");
        var there = await ChatPage.OpenAsync(bob, "lobby");

        await ada.LoseNetworkAsync();
        await phone.Messages.FocusAsync();
        await phone.Page.Keyboard.PressAsync("r");
        await phone.Page.Keyboard.TypeAsync("from the tunnel");
        await phone.Page.Keyboard.PressAsync("Enter");
        await Expect(phone.Message("from the tunnel")).ToHaveAttributeAsync("data-state", "waiting");
        await phone.Page.Keyboard.TypeAsync("and then I");
        await there.WriteAsync("are you there");
        await Expect(window.Message("are you there")).ToHaveCountAsync(1);
        Assert.Equal(Width, await phone.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await phone.Page.ReloadAsync();
        await ada.FindNetworkAsync();

        foreach (var page in (ChatPage[])[phone, window, there])
        {
            foreach (var text in (string[])["from the tunnel", "are you there"])
            {
                await Expect(page.Message(text)).ToHaveAttributeAsync("data-state", "sent");
                await Expect(page.Message(text)).ToHaveCountAsync(1);
            }
        }

        await Expect(phone.Field).ToHaveValueAsync("and then I");
    }
}
