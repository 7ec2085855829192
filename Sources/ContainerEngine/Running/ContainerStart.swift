/// How a container is started.
package struct ContainerStart: Sendable {
    /// The image, as the user wrote it.
    package var image: String
    /// The digest or the name of the image that the engine gets.
    package var identity: String
    /// Further arguments of `run`, before the image.
    package var arguments: [String] = []
    /// Environment variables of the container, whose values do not appear in a command line.
    package var variables: [String: String] = [:]
    /// A shell script that prints facts about the image, one on each line.
    package var greeting = ""

    /// Makes the description of a container without further arguments.
    package init(image: String, identity: String) {
        self.image = image
        self.identity = identity
    }

    /// The script of the container's main process, which does nothing until its standard input ends.
    ///
    /// When this program ends for any reason, so does the input, and with it the container.
    var script: String {
        """
        exec 3<&0
        trap 'exit 0' INT TERM HUP
        \(greeting)
        echo '\(Greeting.lastLine)'
        cat <&3 >/dev/null &
        wait $!
        """
    }

    /// The variables that programs of engines read themselves, and the others.
    ///
    /// The first ones are passed in a file that is removed with the container, because in the environment they would
    /// change the program: its `PATH`, or the engine that it contacts.
    var partitionedVariables: (own: [String: String], others: [String: String]) {
        (variables.filter { ContainerProgram.reads($0.key) }, variables.filter { !ContainerProgram.reads($0.key) })
    }
}
