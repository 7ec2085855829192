extension DiagnosticExplanation {
    /// Explanations of diagnostics about commands that need no AWS account: functions that run on this machine, sample
    /// events, stored credentials and new services.
    static let localCommands: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .functionTimedOut,
            """
            The function did not return within its `timeout` (6 seconds by default), so that `furoshiki invoke local`
            ended it, as Lambda does. For Python, the lines before the message show where it was. Increase `timeout`, or
            find out what the function waits for. A debugger turns the limit off.
            """,
            example: """
                functions:
                  main:
                    handler: app.main  # calls time.sleep(2)
                    timeout: 1
                """
        ),
        DiagnosticExplanation(
            .conflictingOptions,
            """
            Two options of the command line exclude each other. Give only one of them.
            """,
            example: "furoshiki create --template python --template-path ../template"
        ),
        DiagnosticExplanation(
            .unknownEventType,
            """
            There is no sample event of this type. The message lists the types that `furoshiki generate-event` knows,
            and suggests the nearest one.
            """,
            example: "furoshiki generate-event --type aws:sqss"
        ),
        DiagnosticExplanation(
            .invalidEventBody,
            """
            For this type of event, `--body` sets members of the event and must be a JSON object. For other types, such
            as `aws:sqs`, it can be any string.
            """,
            example: "furoshiki generate-event --type aws:cloudWatch --body hello"
        ),
        DiagnosticExplanation(
            .unknownProvider,
            """
            Furoshiki deploys to AWS only, so that it stores credentials for AWS only.
            """,
            example: "furoshiki config credentials --provider google --key KEY --secret SECRET"
        ),
        DiagnosticExplanation(
            .invalidCredentials,
            """
            The credentials cannot be stored: a part of them is empty or contains characters that the credentials file
            does not allow, such as a line break, or the file is not encoded in UTF-8. Usually a variable of the shell
            is empty, or quotes are missing.
            """,
            example: "furoshiki config credentials --provider aws --key \" \" --secret \"$SECRET\""
        ),
        DiagnosticExplanation(
            .profileExists,
            """
            The profile already has credentials, which are not replaced without `--overwrite`. Other settings of the
            profile, such as its region, are kept in any case.
            """,
            example: "furoshiki config credentials --provider aws --key KEY --secret SECRET  # a second time"
        ),
        DiagnosticExplanation(
            .missingHomeDirectory,
            """
            The credentials file is in the home directory, and the environment variable `HOME` is not set. Set it, or
            set `AWS_SHARED_CREDENTIALS_FILE` to the path of the file.
            """,
            example: "env -u HOME furoshiki config credentials --provider aws --key KEY --secret SECRET"
        ),
        DiagnosticExplanation(
            .unknownTemplate,
            """
            There is no template of this name. The message lists the templates of Furoshiki. Some names of Serverless
            v3, such as `aws-python3`, mean the template with the same content. Use `--template-path` or `--template-
            url` for other templates.
            """,
            example: "furoshiki create --template aws-pyhton3"
        ),
        DiagnosticExplanation(
            .missingTemplate,
            """
            The directory of the template does not exist, or the repository does not have the branch, tag or directory
            in the address.
            """,
            example: "furoshiki create --template-path ../no-such-directory"
        ),
        DiagnosticExplanation(
            .invalidTemplateAddress,
            """
            The address of the template cannot be cloned by git. It can be the address of a repository, or that of a
            directory as the browser shows it on GitHub, GitLab, Gitea or Bitbucket.
            """,
            example: "furoshiki create --template-url example"
        ),
        DiagnosticExplanation(
            .templateNotCloned,
            """
            git could not copy the repository of the template. The note has the last line of its output. Check that `git
            clone` with the same address works without a question.
            """,
            example: "furoshiki create --template-url https://github.com/example/no-such-repository"
        ),
        DiagnosticExplanation(
            .templateFileSkipped,
            """
            The template contains a link or a special file. Links are not copied, as they could lead to files outside of
            the template. Create the file yourself if the service needs it.
            """,
            example: "ln -s /etc/hosts template/hosts && furoshiki create --template-path template"
        ),
        DiagnosticExplanation(
            .invalidServiceName,
            """
            The name of a service is part of the name of its stack. It must consist of letters, digits and hyphens, and
            start with a letter. The message suggests a valid name.
            """,
            example: "furoshiki create --template python --name my_service"
        ),
        DiagnosticExplanation(
            .serviceNotRenamed,
            """
            The configuration of the template has no `service`, or a value in a form that Furoshiki does not replace, so
            that the new service has the name of the template. Set the name in the configuration.
            """,
            example: "furoshiki create --template-path ../template --name shop"
        ),
        DiagnosticExplanation(
            .fileExists,
            """
            `furoshiki create` never replaces a file. Move the existing file, or create the service in a new directory
            with `--path`.
            """,
            example: "furoshiki create --template python  # in a directory that contains serverless.yml"
        ),
    ]
}
