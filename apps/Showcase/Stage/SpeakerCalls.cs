using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Hosting;
using Showcase.Stage.Shows;
using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>Maps the calls of the speaker, which docs/protocol/stage.md describes.</summary>
internal static class SpeakerCalls
{
    /// <summary>Maps the calls that open and end a show, turn slides, mark questions, and open and change polls.</summary>
    public static void MapSpeaker(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("stage.open", OpenAsync);
        hub.MapRpc("stage.slide", (SlideParams turned, ClientContext client, StageKeeper keeper) => keeper.ChangeAsync(
            Speaker(client), turned.Stage, show => show with { Slide = StageRules.Slide(turned.Slide, show.Slides.Count), At = StageRules.At(turned.At) }));
        hub.MapRpc("stage.close", async (StageParams closed, ClientContext client, StageKeeper keeper, StageList stages, StageStore store) =>
        {
            var (speaker, stage) = (Speaker(client), stages.Find(closed.Stage));
            using var turn = await store.Turns.TakeAsync();
            StageRules.ShowOf(speaker, stage);
            await keeper.EndAsync(stage, "The show has ended.");
        });
        hub.MapRpc("question.mark", (MarkParams mark, ClientContext client, StageKeeper keeper, StageStore store) =>
        {
            var status = StageRules.Status(mark.Status);
            return keeper.ChangeAsync(Speaker(client), mark.Stage, show => show.Mark(StageRules.Question(store.Messages.Find(show.Id, mark.Id ?? 0), show), status));
        });
        hub.MapRpc("hand.lower", async (LowerParams lower, ClientContext client, StageList stages, IHub channels) =>
        {
            var stage = stages.Find(lower.Stage);
            StageRules.ShowOf(Speaker(client), stage);
            if (lower.Client is not { Length: > 0 and <= 64 } hand) throw new ClientException(400, "client must be the key of a hand.");
            await channels.Maps.RemoveAsync($"hands:{stage.Id}", hand);
        });
        hub.MapRpc("poll.open", (OpenPollParams poll, ClientContext client, StageKeeper keeper) => keeper.ChangeAsync(
            Speaker(client), poll.Stage, show => show with { Poll = StageRules.Poll(poll, (show.Poll?.Id ?? 0) + 1) }));
        hub.MapRpc("poll.change", (ChangePollParams change, ClientContext client, StageKeeper keeper) => keeper.ChangeAsync(
            Speaker(client),
            change.Stage,
            show => show.Poll is null ? throw new ClientException(409, "There is no poll.")
                : show with { Poll = show.Poll with { IsOpen = change.IsOpen ?? show.Poll.IsOpen, IsShown = change.IsShown ?? show.Poll.IsShown } }));
    }

    private static Visitor Speaker(ClientContext client)
    {
        var speaker = StageRules.Writer(client);
        speaker.Take(StageActs.Present);
        return speaker;
    }

    private static async Task<OpenedResult> OpenAsync(OpenParams open, ClientContext client, StageList stages, StageStore store, StageKeeper keeper)
    {
        var (speaker, stage, page) = (Speaker(client), stages.Find(open.Stage), StageRules.Page(open.Page));
        var (title, slides) = (StageRules.Title(open.Title), StageRules.Slides(open.Slides));
        var slide = StageRules.Slide(open.Slide ?? 0, slides.Count);
        using var turn = await store.Turns.TakeAsync();
        if (stage.Show is { } running)
        {
            if (running.User != speaker.User) throw new ClientException(423, $"{running.Name} is on this stage: choose another one.");
            if (stage.IsHeldBesides(page) && open.TakeOver != true) throw new ClientException(409, "You are on this stage in another window.");
            stage.Stop("Another connection of the speaker continues.");
            var isSameDeck = running.Slides.SequenceEqual(slides);
            await keeper.SaveAsync(stage, running with { Title = title, Slides = slides, Slide = slide, Deck = running.Deck + (isSameDeck ? 0 : 1) });
        }
        else await keeper.SaveAsync(stage, new(SecretId.New(), speaker.User, speaker.Name, title, slides, 1, slide, 0, null, null));

        return new(stage.Issue(page), stage.Show!.Id);
    }
}
