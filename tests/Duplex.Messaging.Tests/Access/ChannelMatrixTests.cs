using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.Maps;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Publishing, removing and reading: every handler, every option that bears on the command, and every client.</summary>
public sealed class ChannelMatrixTests
{
    [Theory]
    [InlineData(ChannelCommand.Publish)]
    [InlineData(ChannelCommand.MapPublish)]
    [InlineData(ChannelCommand.MapRemove)]
    [InlineData(ChannelCommand.Presence)]
    [InlineData(ChannelCommand.PresenceStats)]
    [InlineData(ChannelCommand.History)]
    public void Command_is_refused_unless_its_handler_or_its_options_allow_it(ChannelCommand command)
    {
        var matrix = new AccessMatrix();
        var cases =
            from client in Enum.GetValues<ClientKind>()
            from kind in ScriptedHandler.Kinds
            from allow in AccessMatrix.Both
            from forAnonymous in AccessMatrix.Both
            from forSubscriber in AccessMatrix.Both
            from insecure in AccessMatrix.Both
            from others in AccessMatrix.Both
            select (client, kind, allow, forAnonymous, forSubscriber, insecure, others);
        foreach (var (client, kind, allow, forAnonymous, forSubscriber, insecure, others) in cases)
        {
            var expected = client == ClientKind.Unconnected
                ? AccessRules.CloseBadRequest
                : AccessRules.OfHandler(kind)
                    ?? (insecure || AccessRules.ByOptions(client, allow, forAnonymous, forSubscriber) ? AccessRules.Allowed : AccessRules.PermissionDenied);

            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(
                handler,
                client,
                options => options.IsInsecure = insecure,
                options =>
                {
                    Keep(options, command);
                    foreach (var other in Enum.GetValues<ChannelCommand>()) Allow(options, other, others, others, others);
                    options.AllowSubscribe = options.AllowSubscribeForAnonymous = others;
                    Allow(options, command, allow, forAnonymous, forSubscriber);
                },
                model => Map(model, command, handler, others));
            if (command == ChannelCommand.MapRemove) stage.Hub.Put("x", "1");
            matrix.Check(
                expected,
                stage.Execute(TextOf(command)),
                HasEffect(stage, command, expected == AccessRules.Allowed),
                (command, client, kind, allow, forAnonymous, forSubscriber, insecure, others));
        }

        matrix.Holds();
    }

    [Theory]
    [InlineData(ChannelCommand.Presence)]
    [InlineData(ChannelCommand.PresenceStats)]
    [InlineData(ChannelCommand.History)]
    public void What_is_not_kept_is_not_available_whatever_allows_reading_it(ChannelCommand command)
    {
        var cases =
            from client in (ClientKind[])[ClientKind.Anonymous, ClientKind.User, ClientKind.AnonymousSubscriber, ClientKind.UserSubscriber]
            from kind in ScriptedHandler.Kinds
            from allow in AccessMatrix.Both
            from insecure in AccessMatrix.Both
            select (client, kind, allow, insecure);
        foreach (var (client, kind, allow, insecure) in cases)
        {
            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(
                handler,
                client,
                options => options.IsInsecure = insecure,
                options => Allow(options, command, allow, allow, allow),
                model => Map(model, command, handler, others: false));

            Assert.Equal(AccessRules.NotAvailable, stage.Execute(TextOf(command)));
        }
    }

    private static void Keep(NamespaceOptions options, ChannelCommand command)
    {
        options.Presence = true;
        if (command is ChannelCommand.MapPublish or ChannelCommand.MapRemove) AccessStage.UseMaps(options);
        else (options.HistorySize, options.HistoryTtl) = (10, TimeSpan.FromHours(1));
    }

    private static void Allow(NamespaceOptions options, ChannelCommand command, bool users, bool anonymous, bool subscribers)
    {
        switch (command)
        {
            case ChannelCommand.Publish:
                (options.AllowPublish, options.AllowPublishForAnonymous, options.AllowPublishForSubscriber) = (users, anonymous, subscribers);
                break;
            case ChannelCommand.MapPublish:
                (options.Map.AllowPublish, options.Map.AllowPublishForAnonymous, options.Map.AllowPublishForSubscriber) = (users, anonymous, subscribers);
                break;
            case ChannelCommand.MapRemove:
                (options.Map.AllowRemove, options.Map.AllowRemoveForAnonymous, options.Map.AllowRemoveForSubscriber) = (users, anonymous, subscribers);
                break;
            case ChannelCommand.Presence or ChannelCommand.PresenceStats:
                (options.AllowPresence, options.AllowPresenceForAnonymous, options.AllowPresenceForSubscriber) = (users, anonymous, subscribers);
                break;
            default:
                (options.AllowHistory, options.AllowHistoryForAnonymous, options.AllowHistoryForSubscriber) = (users, anonymous, subscribers);
                break;
        }
    }

    // Handlers of other commands allow everything or are absent; neither bears on the command.
    private static void Map(ApplicationModel model, ChannelCommand command, ScriptedHandler handler, bool others)
    {
        var other = new ScriptedHandler(others ? HandlerKind.Allows : HandlerKind.Absent);
        var route = model.AddChannel("news:{name}");
        route.Subscribe = other.Subscribe();
        route.Publish = Of(ChannelCommand.Publish, ChannelCommand.MapPublish).Publish();
        route.Remove = Of(ChannelCommand.MapRemove).Access();
        route.Presence = Of(ChannelCommand.Presence, ChannelCommand.PresenceStats).Access();
        route.History = Of(ChannelCommand.History).Access();

        ScriptedHandler Of(params ChannelCommand[] commands) => commands.Contains(command) ? handler : other;
    }

    private static string TextOf(ChannelCommand command) => command switch
    {
        ChannelCommand.Publish => """{"id":7,"publish":{"channel":"news:a","data":1}}""",
        ChannelCommand.MapPublish => """{"id":7,"publish":{"channel":"news:a","type":1,"key":"x","data":1}}""",
        ChannelCommand.MapRemove => """{"id":7,"publish":{"channel":"news:a","type":1,"key":"x","removed":true}}""",
        ChannelCommand.Presence => """{"id":7,"presence":{"channel":"news:a"}}""",
        ChannelCommand.PresenceStats => """{"id":7,"presence_stats":{"channel":"news:a"}}""",
        _ => """{"id":7,"history":{"channel":"news:a","limit":1}}""",
    };

    // Reading has no effect but its reply.
    private static bool HasEffect(AccessStage stage, ChannelCommand command, bool isAllowed) => command switch
    {
        ChannelCommand.Publish => stage.Hub.Server.Channels.ReadHistoryAsync(AccessStage.Channel).AsTask().Result.Publications.Count == 1,
        ChannelCommand.MapPublish => stage.Hub.Server.Maps.CountAsync(AccessStage.Channel).AsTask().Result == 1,
        ChannelCommand.MapRemove => stage.Hub.Server.Maps.CountAsync(AccessStage.Channel).AsTask().Result == 0,
        _ => isAllowed,
    };
}
