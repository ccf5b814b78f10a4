namespace Duplex.AspNetCore.Hosting;

/// <summary>Records the prefix at which the hub of an application is mapped.</summary>
internal sealed class HubMapping
{
    private string? _prefix;

    /// <exception cref="InvalidOperationException">The hub is already mapped.</exception>
    public void Take(string prefix)
    {
        if (_prefix is not null)
        {
            throw new InvalidOperationException(
                $"MapDuplex was called with the prefix '{_prefix}' and again with '{prefix}': an application has one hub. Keep the result of the first call and add all handlers to it.");
        }

        _prefix = prefix;
    }
}
