namespace Duplex.Messaging.Application;

/// <summary>Rejects a second registration of a handler, which would hide the first.</summary>
internal static class Registration
{
    /// <summary>Returns the handler to retain.</summary>
    /// <param name="present">The handler that is registered; null when there is none.</param>
    /// <param name="handler">The handler to register; null removes nothing and is rejected like any other when one is present.</param>
    /// <param name="kind">The kind of handler, such as <c>subscribe</c>.</param>
    /// <param name="owner">The owner of the handler, such as <c>the channels 'chat:{room}'</c>.</param>
    /// <exception cref="InvalidOperationException">A handler is registered already.</exception>
    public static T? Once<T>(T? present, T? handler, string kind, string owner)
        where T : Delegate =>
        present is null
            ? handler
            : throw new InvalidOperationException(
                $"The {kind} handler of {owner} is registered twice, as {NameOf(present)} and as {NameOf(handler)}: keep one of them.");

    private static string NameOf(Delegate? handler) => handler is null ? "nothing" : $"{handler.Method.DeclaringType?.Name}.{handler.Method.Name}";
}
