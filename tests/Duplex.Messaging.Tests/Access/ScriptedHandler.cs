using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Makes handlers of each kind for each type of decision, and lets those that wait return.</summary>
internal sealed class ScriptedHandler(HandlerKind kind)
{
    public static readonly ClientError Error = new(460, "own error");
    public static readonly Disconnect Disconnect = new(4460, "own disconnect");

    private static readonly ClientError Thrown = new(461, "thrown error");
    private static readonly Disconnect ThrownDisconnect = new(4461, "thrown disconnect");

    private readonly List<Action> _waiting = [];

    public static IReadOnlyList<HandlerKind> Kinds { get; } = Enum.GetValues<HandlerKind>();

    public HandlerKind Kind => kind;

    public void Release()
    {
        Action[] waiting = [.. _waiting];
        _waiting.Clear();
        foreach (var release in waiting) release();
    }

    public Handler<ConnectDecision>? Connect(ConnectDecision allow) =>
        Make(allow, ConnectDecision.Deny(), ConnectDecision.Deny(Error), ConnectDecision.Deny(Disconnect));

    public Handler<SubscribeDecision>? Subscribe() =>
        Make(SubscribeDecision.Allow(), SubscribeDecision.Deny(), SubscribeDecision.Deny(Error), SubscribeDecision.Deny(Disconnect));

    public Handler<PublishDecision>? Publish() =>
        Make(PublishDecision.Allow(), PublishDecision.Deny(), PublishDecision.Deny(Error), PublishDecision.Deny(Disconnect));

    public Handler<AccessDecision>? Access() =>
        Make(AccessDecision.Allow(), AccessDecision.Deny(), AccessDecision.Deny(Error), AccessDecision.Deny(Disconnect));

    public Handler<RefreshDecision>? Refresh() =>
        Make(RefreshDecision.Allow(null), RefreshDecision.Deny(), RefreshDecision.Deny(Error), RefreshDecision.Deny(Disconnect));

    public Handler<T>? Make<T>(T allow, T deny, T denyWithError, T denyWithDisconnect) => kind switch
    {
        HandlerKind.Absent => null,
        HandlerKind.Allows => _ => new(allow),
        HandlerKind.AllowsLater => _ => Later<T>(source => source.SetResult(allow)),
        HandlerKind.Denies => _ => new(deny),
        HandlerKind.DeniesWithError => _ => new(denyWithError),
        HandlerKind.DeniesWithDisconnect => _ => new(denyWithDisconnect),
        HandlerKind.ReturnsNull => static _ => default,
        HandlerKind.Throws => static _ => throw new InvalidOperationException("broken"),
        HandlerKind.ThrowsLater => _ => Later<T>(static source => source.SetException(new InvalidOperationException("broken"))),
        HandlerKind.ThrowsError => static _ => throw new ClientException(Thrown),
        HandlerKind.ThrowsDisconnect => static _ => throw new DisconnectException(ThrownDisconnect),
        HandlerKind.ThrowsCancellation => static _ => throw new OperationCanceledException(),
        HandlerKind.TimesOut => static _ => new(new TaskCompletionSource<T>().Task),
        _ => throw new InvalidOperationException($"{kind} has no handler."),
    };

    private ValueTask<T> Later<T>(Action<TaskCompletionSource<T>> release)
    {
        var source = new TaskCompletionSource<T>();
        _waiting.Add(() => release(source));
        return new(source.Task);
    }
}
