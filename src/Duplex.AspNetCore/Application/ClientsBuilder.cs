using System.Diagnostics.CodeAnalysis;

namespace Duplex.AspNetCore.Application;

/// <summary>Adds handlers that concern clients as a whole. Parameters are bound as in <see cref="ChannelBuilder"/>.</summary>
public sealed class ClientsBuilder
{
    /// <summary>
    /// Decides about connections; the payload is the connect command's data (make it nullable where clients may
    /// send none). Returns a <see cref="Messaging.Application.ConnectReply"/>, or nothing; throws
    /// <see cref="Messaging.Errors.ClientException"/> or <see cref="Messaging.Errors.DisconnectException"/> to refuse.
    /// A client that this handler lets in needs neither a token nor the anonymous option.
    /// </summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public ClientsBuilder OnConnect(Delegate handler) => throw new NotImplementedException();

    /// <summary>Is told when a client that had connected has gone.</summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public ClientsBuilder OnDisconnect(Delegate handler) => throw new NotImplementedException();
}
