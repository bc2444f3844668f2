zone = Receipt of environmental permits
    .summary = How a municipality confirms that an application for an environmental permit has come in. An example to rehearse a past log with; periods are samples.

authority-municipality = Municipality

portal-environmental-permits = Environmental permits

role-checker = Officer who checks the confirmation
role-determiner = Officer who determines the confirmation
role-sender = Officer who prints and sends
role-adviser = Officer who determines whether advice is needed
role-warden = Officer who determines whether to stop the procedure

register-people = Register of people

concept-person-id = Person number
concept-application-channel = Channel of the application
