using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Reporting;

/// <summary>What an operator can do about a refusal, by its code; null where only the client can.</summary>
internal static class Advice
{
    public static string? For(ClientError error) => error.Code switch
    {
        102 => "No namespace has the name before the first colon: add the namespace, or correct the channel.",
        103 => "Neither a token nor a handler nor the options of the namespace allow it.",
        104 => "No handler is mapped for this method.",
        106 => "Raise the limit if clients need more.",
        108 => "The options leave this feature off.",
        _ => null,
    };

    public static string? For(Disconnect disconnect) => disconnect.Code switch
    {
        3008 => "It reads more slowly than its channels write: raise MaxQueuedBytes, or let the namespace drop or conflate.",
        3500 => "Compare the token's key, algorithm, audience, issuer and user with what the server is configured for.",
        3504 => "Raise ConnectionLimit or UserConnectionLimit if that is too few.",
        3505 => "Raise ChannelLimit if clients need more.",
        3506 => "A payload that is no JSON is for clients that connect in Protobuf alone.",
        3507 => "The options refuse tokens that name no user, or a handler said no.",
        3508 => "No handler takes what the client sent.",
        _ => null,
    };
}
