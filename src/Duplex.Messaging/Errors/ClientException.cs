using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Errors;

/// <summary>Thrown by a handler to fail its command with an error.</summary>
/// <param name="error">The error in the reply.</param>
public sealed class ClientException(ClientError error) : Exception(error.Explanation is null ? error.Message : $"{error.Message}: {error.Explanation}")
{
    /// <summary>Creates an exception with an error of the application.</summary>
    /// <param name="code">The error's code, 400 to 1999.</param>
    /// <param name="message">A sentence for developers.</param>
    /// <param name="isTemporary">Whether the same command may succeed later.</param>
    public ClientException(uint code, string message, bool isTemporary = false)
        : this(new ClientError(code, message, isTemporary))
    {
    }

    /// <summary>The error in the reply.</summary>
    public ClientError Error { get; } = error;
}
