using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Support;

/// <summary>Visitors and agents at the helpdesk.</summary>
public sealed class SupportTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_question_is_taken_answered_closed_and_rated()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        await using var carol = await PersonAsync("Carol");
        var visitor = await SupportPage.VisitAsync(ada.Page);
        await ada.Page.Locator(".consent input").CheckAsync();
        await visitor.WriteAsync("Where are the prices?");
        var desk = await SupportPage.SitAsync(bob.Page);
        var colleague = await SupportPage.SitAsync(carol.Page);
        await desk.OpenAsync("Where are the prices?");
        await colleague.OpenAsync("Where are the prices?");
        await Expect(bob.Page.Locator(".case-message[data-kind=note]")).ToContainTextAsync("round trip");
        await Expect(desk.Field).ToBeDisabledAsync();

        await desk.TakeAsync();
        await Expect(colleague.Button("Take")).ToBeHiddenAsync();
        await Expect(colleague.Field).ToHaveAttributeAsync("placeholder", "Bob has taken this case");
        await Expect(visitor.State).ToHaveTextAsync("Bob helps you.");

        await bob.Page.GetByText("Note for colleagues").ClickAsync();
        await desk.WriteAsync("A new visitor");
        await colleague.HasAsync("A new visitor");
        await bob.Page.GetByText("Note for colleagues").ClickAsync();
        await bob.Page.GetByLabel("Prepared replies").SelectOptionAsync("Greeting");
        await Expect(desk.Field).Not.ToHaveValueAsync("");
        await desk.WriteAsync("In the exchange");
        await visitor.HasAsync("In the exchange");
        await Expect(ada.Page.Locator(".case-message[data-kind=note]")).ToHaveCountAsync(0);
        await Expect(desk.Message("In the exchange")).ToContainTextAsync("read by Ada");

        await bob.Page.GetByLabel("Hand over").SelectOptionAsync(new SelectOptionValue { Label = "to Carol" });
        await Expect(visitor.State).ToHaveTextAsync("Carol helps you.");
        await Expect(colleague.Field).ToBeEnabledAsync();
        await colleague.Close.ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
        await visitor.Button("4 of 5").ClickAsync();
        await Expect(carol.Page.Locator(".case-facts")).ToContainTextAsync("rated 4 of 5");
        await visitor.WriteAsync("One more thing");
        await Expect(visitor.State).ToContainTextAsync("has waited");
        await Expect(colleague.Button("Take")).ToBeVisibleAsync();
        await visitor.Button("Close conversation").ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
    }

    [Fact]
    public async Task An_agent_whose_line_was_cut_sees_the_reply_of_another_one_before_the_field_opens()
    {
        await using var ida = await PersonAsync("Ida");
        await using var bob = await PersonAsync("Bob");
        await using var carol = await PersonAsync("Carol");
        var visitor = await SupportPage.VisitAsync(ida.Page);
        await visitor.WriteAsync("It does not work");
        var first = await SupportPage.SitAsync(bob.Page);
        var second = await SupportPage.SitAsync(carol.Page);
        await first.OpenAsync("It does not work");
        await first.TakeAsync();
        await second.OpenAsync("It does not work");
        await carol.Page.GetByText("Note for colleagues").ClickAsync();
        await Expect(second.Field).ToBeEnabledAsync();

        // From now on the page records whether the reply was there whenever the field became enabled.
        await carol.Page.EvaluateAsync("""
            () => {
              window.opened = [];
              const field = document.querySelector('.composer textarea');
              new MutationObserver(() => {
                if (!field.disabled) window.opened.push(document.querySelector('.case-messages').textContent.includes('Answered meanwhile'));
              }).observe(field, { attributes: true, attributeFilter: ['disabled'] });
              // A notice disappears after a few seconds.
              new MutationObserver(() => window.missed ||= document.body.textContent.includes('1 new message.'))
                .observe(document.body, { childList: true, subtree: true });
            }
            """);
        await carol.LoseNetworkAsync();
        await Expect(second.Field).ToBeDisabledAsync();
        await first.WriteAsync("Answered meanwhile");
        await visitor.HasAsync("Answered meanwhile");
        await carol.FindNetworkAsync();

        await Expect(second.Field).ToBeEnabledAsync();
        Assert.True(await carol.Page.EvaluateAsync<bool>("() => window.opened.length > 0 && window.opened.every(Boolean)"));
        await Expect(second.Message("Answered meanwhile")).ToHaveCountAsync(1);
        await carol.Page.WaitForFunctionAsync("() => window.missed", null);
        await first.Close.ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
    }

    [Fact]
    public async Task A_conversation_follows_the_visitor_through_a_reload_another_page_and_another_tab()
    {
        await using var uma = await PersonAsync("Uma");
        var visitor = await SupportPage.VisitAsync(uma.Page, "/chat/lobby");
        var panel = uma.Page.Locator("support-panel");
        await Expect(panel).ToBeVisibleAsync();
        await panel.GetByLabel("Message", new() { Exact = true }).FillAsync("On every page");
        await panel.GetByLabel("Message", new() { Exact = true }).PressAsync("Enter");
        await visitor.HasAsync("On every page");
        await Expect(visitor.State).ToContainTextAsync("has waited");

        await uma.Page.ReloadAsync();
        await visitor.HasAsync("On every page");
        await uma.Page.GotoAsync("/pad");
        await visitor.HasAsync("On every page");
        var tab = await SupportPage.VisitAsync(await uma.NewPageAsync());
        await tab.HasAsync("On every page");
        await tab.WriteAsync("From the tab");
        await visitor.HasAsync("From the tab");

        await uma.Page.Locator("support-panel textarea").FocusAsync();
        await uma.Page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(visitor.Help).ToBeFocusedAsync();
        await tab.Button("Close conversation").ClickAsync();
        await Expect(tab.State).ToContainTextAsync("closed");
    }

    [Fact]
    public async Task What_a_visitor_writes_offline_survives_a_reload_and_is_sent_once()
    {
        await using var eva = await PersonAsync("Eva");
        var visitor = await SupportPage.VisitAsync(eva.Page);
        await visitor.WriteAsync("Before");
        await Expect(visitor.State).ToContainTextAsync("has waited");
        await eva.LoseNetworkAsync();
        await visitor.WriteAsync("Offline");
        await Expect(visitor.Message("Offline")).ToContainTextAsync("waiting to be sent");

        await eva.Page.ReloadAsync();

        await Expect(visitor.Message("Offline")).ToContainTextAsync("delivered");
        await Expect(visitor.Message("Offline")).ToHaveCountAsync(1);
        await visitor.Button("Close conversation").ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
    }

    [Fact]
    public async Task What_a_new_visitor_writes_offline_is_one_case_whose_messages_have_their_order()
    {
        await using var noa = await PersonAsync("Noa");
        await using var bob = await PersonAsync("Bob");
        var desk = await SupportPage.SitAsync(bob.Page);
        var visitor = await SupportPage.VisitAsync(noa.Page);
        await noa.LoseNetworkAsync();
        foreach (var text in (string[])["My first words", "My second words", "My third words"])
        {
            await visitor.WriteAsync(text);
            await Expect(visitor.Message(text)).ToContainTextAsync("waiting to be sent");
        }

        await noa.FindNetworkAsync();

        await Expect(desk.Rows.Filter(new() { HasText = "My third words" })).ToHaveCountAsync(1);
        await Expect(desk.Rows.Filter(new() { HasText = "Noa" })).ToHaveCountAsync(1);
        foreach (var reads in (SupportPage[])[visitor, desk])
        {
            if (reads == desk) await desk.OpenAsync("My third words");
            await Expect(reads.Page.Locator(".case-message .text")).ToHaveTextAsync(["My first words", "My second words", "My third words"]);
        }

        await Expect(visitor.Message("My third words")).ToContainTextAsync("read by Bob");
        await visitor.Button("Close conversation").ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
    }

    [Fact]
    public async Task What_the_page_of_a_visitor_reports_is_live_beside_the_case_until_the_visitor_withdraws_it()
    {
        await using var lea = await PersonAsync("Lea");
        await using var bob = await PersonAsync("Bob");
        var visitor = await SupportPage.VisitAsync(lea.Page, "/pad");
        var (panel, consent) = (lea.Page.Locator("support-panel"), lea.Page.Locator(".consent input"));
        await consent.CheckAsync();
        await panel.GetByLabel("Message", new() { Exact = true }).FillAsync("It is slow");
        await panel.GetByLabel("Message", new() { Exact = true }).PressAsync("Enter");
        var desk = await SupportPage.SitAsync(bob.Page);
        await desk.OpenAsync("It is slow");
        var (reports, typing) = (bob.Page.Locator(".case-reports"), bob.Page.Locator(".case-panel .typing-line"));
        await Expect(reports).ToContainTextAsync("on /pad: Chrome");
        await Expect(reports).ToContainTextAsync("0 reconnects");

        await lea.Page.GotoAsync("/support");
        await Expect(reports).ToContainTextAsync("on /support: Chrome");
        await lea.LoseNetworkAsync();
        await Expect(reports).ToHaveTextAsync("");
        await Expect(typing).ToHaveTextAsync("");
        await typing.EvaluateAsync("line => new MutationObserver(() => window.hasTyped ||= line.textContent !== '').observe(line, { childList: true, characterData: true, subtree: true })");
        await visitor.WriteAsync("Offline");
        await lea.FindNetworkAsync();
        await Expect(reports).ToContainTextAsync("1 reconnect");
        await desk.HasAsync("Offline");
        Assert.False(await bob.Page.EvaluateAsync<bool>("window.hasTyped === true"));

        await consent.UncheckAsync();
        await Expect(reports).ToHaveTextAsync("");
        await visitor.Button("Close conversation").ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
        await Expect(consent).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_agent_on_3G_works_by_keyboard_is_notified_and_has_one_seat_in_two_windows()
    {
        await using var kim = await PersonAsync("Kim");
        await using var dan = await PersonAsync("Dan");
        await dan.AllowNoticesAsync();
        var desk = await SupportPage.SitAsync(dan.Page);
        await dan.ChooseLineAsync("3G (100 ms, 200 kB/s)");
        await Expect(dan.Page.Locator(".pill")).ToContainTextAsync("3G");
        foreach (var name in (string[])["Sound off", "Notices off"]) await desk.Button(name).ClickAsync();
        await Expect(desk.Button("Sound on")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(desk.Button("Notices on")).ToHaveAttributeAsync("aria-pressed", "true");
        await dan.Page.EvaluateAsync("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })");

        var visitor = await SupportPage.VisitAsync(kim.Page);
        await visitor.WriteAsync("By keyboard, please");
        await Expect(desk.Rows).ToHaveCountAsync(1);
        await dan.Page.WaitForFunctionAsync("() => window.notices.some(({ words }) => words === 'Kim is waiting: By keyboard, please')");
        await Expect(dan.Page).ToHaveTitleAsync("(1) Desk · Duplex");
        await dan.Page.EvaluateAsync("delete document.visibilityState");

        await dan.Page.Locator("main").FocusAsync();
        await dan.Page.Keyboard.PressAsync("j");
        await desk.HasAsync("By keyboard, please");
        await Expect(desk.Button("Take")).ToBeEnabledAsync();
        await dan.Page.Keyboard.PressAsync("c");
        await Expect(visitor.State).ToHaveTextAsync("Dan helps you.");
        // The line of the desk is the slower one.
        await Expect(desk.Field).ToHaveAttributeAsync("placeholder", "Write a reply");
        await dan.Page.Keyboard.PressAsync("n");
        await Expect(desk.Field).ToHaveAttributeAsync("placeholder", "Write a note that only agents see");
        await desk.Field.PressAsync("Escape");
        await dan.Page.Keyboard.PressAsync("n");
        await Expect(desk.Field).ToBeFocusedAsync();
        await dan.Page.Keyboard.TypeAsync("With pleasure");
        await dan.Page.Keyboard.PressAsync("Enter");
        await visitor.HasAsync("With pleasure");

        var second = new SupportPage(await dan.NewPageAsync());
        await second.Page.GotoAsync("/support/desk");
        await Expect(second.Page.Locator(".at-desk")).ToHaveTextAsync("At the desk: Dan");
        await second.Button("Leave the desk").ClickAsync();
        await Expect(desk.Button("Sit down")).ToBeVisibleAsync();
        await visitor.HasAsync("Dan has left. Your question is in the queue again and keeps its place.");
        await visitor.Button("Close conversation").ClickAsync();
        await Expect(visitor.State).ToContainTextAsync("closed");
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);
}
