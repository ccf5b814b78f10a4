using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Calls and messages: no option allows them, only a handler does.</summary>
public sealed class CallMatrixTests
{
    private const int MethodNotFound = 104;
    private const int CloseNotAvailable = 3508;

    private static readonly object Result = Encoding.UTF8.GetBytes("1");

    /// <summary>What the application maps.</summary>
    public enum Mapping
    {
        /// <summary>No method.</summary>
        Nothing,

        /// <summary>Another method than the one that is called.</summary>
        OtherMethod,

        /// <summary>The method.</summary>
        Method,

        /// <summary>A fallback for all methods.</summary>
        Fallback,
    }

    // A call decides nothing: null is a reply without data, and it has no denial but an error.
    private static IEnumerable<HandlerKind> CallKinds { get; } =
        ScriptedHandler.Kinds.Except([HandlerKind.Absent, HandlerKind.Denies, HandlerKind.DeniesWithDisconnect]);

    [Fact]
    public void Call_is_refused_unless_its_method_is_mapped_and_its_handler_returns_a_result()
    {
        var matrix = new AccessMatrix();
        var cases =
            from client in Enum.GetValues<ClientKind>()
            from kind in CallKinds
            from mapping in Enum.GetValues<Mapping>()
            from insecure in AccessMatrix.Both
            from others in AccessMatrix.Both
            select (client, kind, mapping, insecure, others);
        foreach (var (client, kind, mapping, insecure, others) in cases)
        {
            var expected = (client, mapping) switch
            {
                (ClientKind.Unconnected, _) => AccessRules.CloseBadRequest,
                (_, Mapping.Nothing) => AccessRules.NotAvailable,
                (_, Mapping.OtherMethod) => MethodNotFound,
                _ => kind == HandlerKind.ReturnsNull ? AccessRules.Allowed : AccessRules.OfHandler(kind)!.Value,
            };
            var handler = new ScriptedHandler(kind);
            var calls = 0;
            using var stage = new AccessStage(handler, client, options => options.IsInsecure = insecure, options => AllowAll(options, others), model =>
            {
                var call = handler.Make<object?>(Result, null, ScriptedHandler.Error, null)!;
                Handler<object?> counted = context =>
                {
                    calls++;
                    return call(context);
                };
                if (mapping == Mapping.OtherMethod) model.AddCall("other", counted);
                if (mapping == Mapping.Method) model.AddCall("method", counted);
                if (mapping == Mapping.Fallback) model.OtherCalls = counted;
                if (others) (model.Message, model.Connect) = (static _ => default, static _ => new(ConnectDecision.Allow()));
            });

            var code = stage.Execute("""{"id":7,"rpc":{"method":"method"}}""");
            matrix.Check(expected, code, expected == AccessRules.Allowed ? calls == 1 : calls > 1, (client, kind, mapping, insecure, others));
        }

        matrix.Holds();
    }

    [Fact]
    public void Message_disconnects_its_client_unless_a_handler_is_mapped()
    {
        var matrix = new AccessMatrix();
        var cases =
            from client in Enum.GetValues<ClientKind>()
            from kind in CallKinds.Prepend(HandlerKind.Absent)
            from insecure in AccessMatrix.Both
            from others in AccessMatrix.Both
            select (client, kind, insecure, others);
        foreach (var (client, kind, insecure, others) in cases)
        {
            // A message has no reply: what its handler throws is logged.
            var expected = client == ClientKind.Unconnected
                ? AccessRules.CloseBadRequest
                : kind == HandlerKind.Absent ? CloseNotAvailable : AccessRules.Allowed;
            var handler = new ScriptedHandler(kind);
            var calls = 0;
            using var stage = new AccessStage(handler, client, options => options.IsInsecure = insecure, options => AllowAll(options, others), model =>
            {
                if (handler.Make<object?>(null, null, null, null) is { } message)
                {
                    model.Message = async context =>
                    {
                        calls++;
                        await message(context);
                    };
                }

                if (others) model.OtherCalls = static _ => new(Result);
            });

            var code = stage.Execute("""{"send":{"data":1}}""");
            matrix.Check(expected, code < 0 ? AccessRules.Allowed : code, calls == 1, (client, kind, insecure, others));
        }

        matrix.Holds();
    }

    private static void AllowAll(NamespaceOptions options, bool isAllowed)
    {
        options.AllowSubscribe = options.AllowSubscribeForAnonymous = isAllowed;
        options.AllowPublish = options.AllowPublishForAnonymous = options.AllowPublishForSubscriber = isAllowed;
        options.AllowHistory = options.AllowHistoryForAnonymous = options.AllowHistoryForSubscriber = isAllowed;
        options.AllowPresence = options.AllowPresenceForAnonymous = options.AllowPresenceForSubscriber = isAllowed;
    }
}
