using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Reporting;

/// <summary>
/// The meaning and the remedy of each code, for the log and, in development, for the client. A refusal with an explanation of
/// its own replaces the sentence (<see cref="Disconnect.Explanation"/>, <see cref="ClientError.Explanation"/>).
/// </summary>
internal static class Explanations
{
    private const uint FirstOfApplications = 400;

    /// <summary>Returns the sentence of an error, and whether an operator can change the outcome.</summary>
    public static (string Sentence, bool IsForOperator) Of(ClientError error)
    {
        var (sentence, isForOperator) = error.Code switch
        {
            100 => ("The server failed: the error that is logged before has the cause.", false),
            101 => ("The request has no valid credentials.", true),
            102 => ("No namespace has the name before the first colon: add the namespace, or correct the channel.", true),
            103 => ("No token, handler or option of the namespace allows it: map a handler or set the option.", true),
            104 => ("No handler is mapped for this method: map it with MapRpc, or correct the name.", true),
            105 => ("The client is subscribed to the channel already.", false),
            106 => ("A limit is reached: raise it if clients need more.", true),
            107 => ("The command is malformed, or does not fit the channel.", false),
            108 => ("The feature is off: enable it in the options of the namespace.", true),
            109 => ("The token has expired: the client must fetch a new one.", false),
            110 => ("The expiry that the token or the handler set has passed.", false),
            111 => ("The client sends too many requests: it must wait.", false),
            112 => ("The stream no longer holds the position: the client must read the state again.", false),
            113 => ("The client reads another page of the same state: it must wait for the reply.", false),
            >= FirstOfApplications => ("A handler of the application returned this error.", false),
            _ => ("The hub has no such code.", false),
        };
        return (error.Explanation ?? sentence, error.IsForOperator ?? isForOperator);
    }

    /// <summary>Returns the sentence of a disconnect, and whether an operator can change the outcome.</summary>
    public static (string Sentence, bool IsForOperator) Of(Disconnect disconnect)
    {
        var (sentence, isForOperator) = disconnect.Code switch
        {
            3000 => ("The peer closed the connection, or the connection was lost.", false),
            3001 => ("The server stops: clients connect again.", false),
            3004 => ("The server failed: the error that is logged before has the cause.", false),
            3005 => ("The connection expired, and neither client nor handler renewed it.", false),
            3006 => ("The subscription expired, and neither client nor handler renewed it.", false),
            3008 => ("The client reads too slowly: raise MaxQueuedBytes, or drop or conflate in the namespace.", true),
            3009 => ("Writing to the connection failed.", false),
            3010 => ("The client may have missed publications: it connects again and recovers.", false),
            3011 => ("The application requested that the client reconnect.", false),
            3012 => ("The client did not answer a ping within PongTimeout.", false),
            3013 => ("The client sends more commands than CommandRateLimit or MaxPendingCommandBytes allows.", false),
            3014 => ("The application invalidated the client's tokens and positions.", false),
            3500 => ("Compare the token's key, algorithm, audience, issuer and user with the configuration.", true),
            3501 => ("The client sent a command that is malformed or out of order.", false),
            3502 => ("The client sent no connect command within StaleTimeout.", false),
            3503 => ("The application disconnected the client.", false),
            3504 => ("Raise MaxConnections or MaxConnectionsPerUser if clients need more.", true),
            3505 => ("Raise MaxSubscriptionsPerClient if clients need more subscriptions.", true),
            3506 => ("The payload is not JSON: clients that need it must connect in Protobuf.", true),
            3507 => ("An option or a handler denies the connection.", true),
            3508 => ("No handler is mapped for the client's message: map OnMessage.", true),
            3509 => ("The client caused too many errors.", false),
            >= 4000 => ("The application disconnected the client with a code of its own.", false),
            _ => ("The hub has no such code.", false),
        };
        return (disconnect.Explanation ?? sentence, disconnect.IsForOperator ?? isForOperator);
    }

    /// <summary>Returns the sentence for the end of a subscription.</summary>
    public static string Of(Unsubscription reason) => reason.Code switch
    {
        2000 => "The application ended the subscription.",
        2500 => "The client may have missed publications: it subscribes again and recovers.",
        2501 => "The subscription expired, and neither client nor handler renewed it.",
        2502 => "The application invalidated the subscription: the client fetches a new token.",
        _ => "The application ended the subscription with a code of its own.",
    };

    /// <summary>Returns the error with its sentence in the message, for development.</summary>
    public static ClientError Detailed(ClientError error) => error with { Message = $"{error.Message}: {Of(error).Sentence}" };

    /// <summary>Returns the disconnect with its sentence in the reason, cut to the size of a close frame, for development.</summary>
    public static Disconnect Detailed(Disconnect disconnect) =>
        Disconnect.Shortened(disconnect.Code, $"{disconnect.Reason}: {Of(disconnect).Sentence}") with
        {
            Explanation = disconnect.Explanation,
            IsForOperator = disconnect.IsForOperator,
            IsReported = disconnect.IsReported,
        };
}
