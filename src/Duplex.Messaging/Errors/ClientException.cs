using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Errors;

/// <summary>Thrown by a handler to answer its command with an error.</summary>
/// <param name="error">What the reply says.</param>
public sealed class ClientException(ClientError error) : Exception(error.Explanation is null ? error.Message : $"{error.Message}: {error.Explanation}")
{
    /// <summary>Makes an error of the application's own.</summary>
    /// <param name="code">400 to 1999.</param>
    /// <param name="message">A sentence for developers.</param>
    /// <param name="isTemporary">Whether the same command may succeed later.</param>
    public ClientException(uint code, string message, bool isTemporary = false)
        : this(new ClientError(code, message, isTemporary))
    {
    }

    /// <summary>What the reply says.</summary>
    public ClientError Error { get; } = error;
}
