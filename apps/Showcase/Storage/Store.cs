namespace Showcase.Storage;

/// <summary>The database of one application, and the exclusive turns in which it must be used.</summary>
public abstract class Store : IDisposable
{
    /// <summary>Opens the database in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="name">The name of the application in the message for a rejected caller, such as "The chat".</param>
    /// <param name="survivesPowerLoss">Whether a power loss must lose nothing either; see <see cref="Storage.Database"/>.</param>
    protected Store(string folder, string file, string name, bool survivesPowerLoss = false) =>
        (Database, Turns) = (new Database(folder, file, survivesPowerLoss), new Turns(name));

    /// <summary>The turns, which are exclusive.</summary>
    public Turns Turns { get; }

    /// <summary>The database.</summary>
    protected Database Database { get; }

    /// <summary>Reads from the database, and throws when it cannot be read.</summary>
    public void Check() => Database.Number("SELECT COUNT(*) FROM sqlite_schema");

    public void Dispose()
    {
        Database.Dispose();
        Turns.Dispose();
        GC.SuppressFinalize(this);
    }
}
